"""How words of a command line are read, and what is said of words that are not known."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from generator.errors import UsageError, did_you_mean

_CHOICE = re.compile(r"argument (?P<name>[^:]+): invalid choice: '?(?P<word>.*?)'? \(choose from (?P<known>.*)\)")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<words>.*)")
_REQUIRED = re.compile(r"the following arguments are required: (?P<names>.*)")
_NUMBER = re.compile(r"argument (?P<names>[^:]+): invalid int value: '(?P<word>.*)'")
_OTHER = re.compile(r"argument (?P<names>[^:]+): (?P<fault>.*)")


class CommandParser(argparse.ArgumentParser):
    """Reads one command's words; what it does not know it tells in a sentence, with the nearest known word."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing and exiting: only `main` does that."""
        raise UsageError(f'{self._told(message)} "{self.prog} --help" shows how.')

    def _told(self, message: str) -> str:
        if found := _CHOICE.fullmatch(message):
            known = [word.strip(" '") for word in found["known"].split(",")]
            return f'There is no "{found["word"]}".{did_you_mean(found["word"], known)} Known are {", ".join(known)}.'
        if found := _UNKNOWN.fullmatch(message):
            word = found["words"].split(" ")[0]
            near = did_you_mean(word, self._option_string_actions) if word.startswith("-") else ""
            return f'"{self.prog}" does not know "{word}".{near}'
        if found := _REQUIRED.fullmatch(message):
            return f'"{self.prog}" needs {found["names"]}.'
        if found := _NUMBER.fullmatch(message):
            return f'{found["names"]} takes a whole number, not "{found["word"]}".'
        if found := _OTHER.fullmatch(message):
            return f"{found['names']}: {found['fault']}."
        return f"{message[:1].upper()}{message[1:]}."
