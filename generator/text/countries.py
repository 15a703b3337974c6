"""Which country the news of a name belongs to: peoples, capitals, large places, lasting bodies, and who led it.

For finding reports that belong together, never to be shown: `Kabul` and `Afghans` meet in the same country. Somebody
who once led a country stays in its news when the office goes to another, whose name is then only a name. Places that
two countries claim are left out.
"""

from __future__ import annotations

from functools import cache

# One country a row: its own word, then what its news is known by. Plurals need no word of their own.
_COUNTRIES = """
    afghanistan: afghan afghani kabul kandahar herat taliban helmand kunduz panjshir jalalabad ghazni baghlan
      nangarhar badakhshan kunar takhar balkh logar paktia uruzgan karzai ghani
    albania: albanian tirana durres
    algeria: algerian algiers oran
    andorra: andorran
    angola: angolan luanda cabinda
    argentina: argentine argentinian rosario patagonia kirchner macri milei
    armenia: armenian yerevan pashinyan
    australia: australian canberra sydney melbourne queensland brisbane adelaide tasmania turnbull morrison albanese
    austria: austrian vienna salzburg graz tyrol
    azerbaijan: azerbaijani azeri baku aliyev
    bahamas: bahamian nassau
    bahrain: bahraini manama
    bangladesh: bangladeshi dhaka chittagong hasina
    barbados: barbadian bridgetown
    belarus: belarusian minsk grodno brest lukashenko tsikhanouskaya
    belgium: belgian brussels flemish wallonia antwerp
    belize: belizean
    benin: beninese
    bhutan: bhutanese thimphu
    bolivia: bolivian cochabamba morales
    bosnia: bosnian sarajevo herzegovina srpska mostar
    botswana: gaborone
    brazil: brazilian brasilia amazonas manaus bahia lula rousseff bolsonaro
    britain: british uk london briton england scotland wales belfast manchester birmingham glasgow edinburgh
      liverpool ulster thatcher blair sunak starmer
    bulgaria: bulgarian sofia
    burkina: burkinabe ouagadougou
    burundi: burundian bujumbura gitega
    cambodia: cambodian phnom khmer
    cameroon: cameroonian yaounde
    canada: canadian ottawa toronto quebec ontario alberta vancouver montreal manitoba saskatchewan calgary trudeau
      harper carney
    catalonia: catalan
    chad: chadian ndjamena deby déby
    chechnya: chechen
    chile: chilean santiago valparaiso pinochet bachelet pinera piñera
    china: chinese beijing shanghai xinjiang uyghur uighur tibet tibetan wuhan guangdong sichuan shenzhen henan
      hubei guangzhou hunan yunnan tiananmen xi jinping
    colombia: colombian bogota medellin farc cauca uribe duque petro
    congo: congolese kinshasa drc kivu ituri goma bukavu kasai kabila tshisekedi
    croatia: croatian zagreb
    cuba: cuban havana guantanamo castro
    cyprus: cypriot nicosia
    czech: czechs czechia prague
    denmark: danish danes copenhagen
    djibouti: djiboutian
    ecuador: ecuadorian ecuadorean quito
    egypt: egyptian cairo sinai alexandria suez sisi mubarak morsi
    emirates: emirati uae dubai dhabi sharjah
    eritrea: eritrean asmara afwerki
    estonia: estonian tallinn
    eswatini: swaziland mbabane
    ethiopia: ethiopian tigray tigrayan amhara oromia mekelle addis tplf benishangul gondar abiy
    eu: european
    fiji: fijian suva
    finland: finnish finns helsinki
    france: french paris marseille lyon corsica brittany toulouse strasbourg macron sarkozy hollande mitterrand
      chirac
    gabon: gabonese libreville
    gambia: gambian banjul
    georgia: georgian tbilisi saakashvili
    germany: german berlin munich bavaria saxony hamburg cologne frankfurt bundestag merkel scholz kohl merz
    ghana: ghanaian accra
    greece: greek athens lesbos thessaloniki crete tsipras mitsotakis
    guatemala: guatemalan
    guinea: guinean conakry
    guyana: guyanese
    haiti: haitian
    honduras: honduran tegucigalpa
    hongkong: hong kong
    hungary: hungarian budapest orban orbán
    iceland: icelandic reykjavik
    india: indian delhi mumbai punjab bengal kerala maharashtra assam gujarat rajasthan uttar tamil kolkata chennai
      bangalore bihar manipur modi
    indonesia: indonesian jakarta papua sumatra sulawesi bali aceh kalimantan lombok widodo prabowo suharto
    iran: iranian tehran natanz isfahan khuzestan shiraz bushehr fordow hormuz irgc quds khamenei rouhani raisi
      khomeini ahmadinejad zarif pezeshkian soleimani rafsanjani
    iraq: iraqi baghdad mosul basra kirkuk erbil kurdistan anbar nineveh sinjar najaf karbala peshmerga saddam
      maliki kadhimi abadi sadr sistani barzani
    ireland: irish dublin
    israel: israeli haifa aviv idf eilat knesset mossad negev netanyahu gantz lapid olmert peres rabin
    italy: italian rome sicily milan naples venice turin lombardy lampedusa sardinia berlusconi draghi meloni renzi
    jamaica: jamaican
    japan: japanese tokyo osaka hokkaido fukushima okinawa hiroshima abe kishida suga
    jordan: jordanian amman
    kashmir: kashmiri jammu
    kazakhstan: kazakh kazakhstani almaty astana nazarbayev tokayev
    kenya: kenyan nairobi mombasa garissa kenyatta ruto
    korea: korean yoon
    kosovo: kosovan kosovar pristina
    kuwait: kuwaiti
    kyrgyzstan: kyrgyz bishkek
    laos: laotian vientiane
    latvia: latvian riga
    lebanon: lebanese beirut hezbollah sidon nasrallah hariri aoun
    liberia: liberian monrovia
    libya: libyan tripoli benghazi sirte misrata tobruk derna haftar gaddafi qaddafi
    lithuania: lithuanian vilnius
    macedonia: macedonian skopje
    madagascar: malagasy antananarivo
    malawi: malawian lilongwe
    malaysia: malaysian kuala lumpur sabah sarawak mahathir
    maldives: maldivian
    mali: malian bamako timbuktu mopti bandiagara kidal
    malta: maltese valletta
    mauritania: mauritanian nouakchott
    mauritius: mauritian
    mexico: mexican oaxaca sinaloa jalisco guerrero tijuana chiapas veracruz obrador sheinbaum
    moldova: moldovan chisinau
    mongolia: mongolian ulaanbaatar
    montenegro: montenegrin podgorica
    morocco: moroccan rabat ceuta
    mozambique: mozambican maputo delgado nampula
    myanmar: burma burmese naypyidaw yangon tatmadaw mandalay rohingya kachin rakhine suu kyi
    namibia: namibian windhoek
    nato:
    nepal: nepali nepalese kathmandu
    netherlands: dutch amsterdam rotterdam
    nicaragua: nicaraguan managua ortega
    niger: nigerien niamey tillaberi diffa tahoua
    nigeria: nigerian abuja lagos borno maiduguri kaduna zamfara haram kano katsina sokoto benue biafra buhari
      tinubu
    norway: norwegian oslo
    oman: omani muscat
    pakistan: pakistani islamabad karachi lahore balochistan waziristan khyber pakhtunkhwa peshawar sindh quetta
      rawalpindi musharraf bhutto
    palestine: palestinian gaza ramallah hamas hebron nablus jenin fatah rafah arafat haniyeh sinwar
    panama: panamanian
    paraguay: paraguayan asuncion
    peru: lima peruvian arequipa fujimori
    philippines: philippine filipino manila mindanao luzon cebu sulu duterte marcos
    poland: polish poles warsaw gdansk krakow tusk duda
    portugal: portuguese lisbon
    qatar: qatari doha
    romania: romanian bucharest
    russia: russian moscow kremlin dagestan petersburg siberia siberian vladivostok murmansk sakhalin kamchatka duma
      putin medvedev yeltsin gorbachev lavrov navalny
    rwanda: rwandan kigali kagame
    samoa: samoan apia
    saudi: saudis riyadh jeddah mecca medina aramco
    senegal: senegalese dakar
    serbia: serbian serbs belgrade vojvodina vucic vučić milosevic
    sierra: leone freetown
    singapore: singaporean
    slovakia: slovak bratislava
    slovenia: slovenian slovene ljubljana
    somalia: somali mogadishu shabaab puntland somaliland jubaland
    southafrica: johannesburg pretoria kwazulu gauteng durban mandela zuma ramaphosa
    spain: spanish madrid barcelona andalusia galicia rajoy zapatero
    sri: lanka lankan colombo rajapaksa
    sudan: sudanese khartoum darfur kordofan hamdok burhan hemedti
    suriname: surinamese paramaribo
    sweden: swedish swedes stockholm malmo gothenburg
    switzerland: swiss bern geneva zurich
    syria: syrian damascus aleppo idlib homs raqqa deir hasakah daraa latakia hama assad sharaa
    taiwan: taiwanese taipei tsai
    tajikistan: tajik dushanbe
    tanzania: tanzanian dodoma zanzibar
    thailand: thai bangkok pattani thaksin shinawatra prayut
    togo: togolese
    tonga: tongan
    trinidad: tobago
    tunisia: tunisian tunis
    turkey: turkish turks ankara istanbul izmir pkk diyarbakir bosphorus erdogan erdoğan davutoglu
    turkmenistan: turkmen ashgabat
    uganda: ugandan kampala museveni
    ukraine: ukrainian kyiv kiev donbas donetsk luhansk odessa kharkiv mariupol kherson zaporizhzhia lviv odesa
      zelensky zelenskyy poroshenko yanukovych
    un:
    uruguay: uruguayan montevideo
    us: american washington pentagon california texas florida capitol republican minnesota fbi chicago illinois
      minneapolis ohio michigan pennsylvania arizona colorado oregon portland wisconsin kentucky louisiana tennessee
      virginia carolina alabama mississippi alaska hawaii oklahoma missouri arkansas kansas nevada utah montana
      idaho nebraska dakota iowa indiana maryland delaware connecticut massachusetts boston houston dallas seattle
      philadelphia atlanta detroit miami angeles francisco wyoming vermont louisville nasa cia biden trump obama
      bush reagan clinton blinken pompeo kerry
    uzbekistan: uzbek tashkent
    vatican: pope
    venezuela: venezuelan caracas zulia chavez chávez maduro guaido guaidó
    vietnam: vietnamese hanoi saigon
    yemen: yemeni sanaa aden houthi marib hodeidah taiz
    zambia: zambian lusaka
    zealand: zealander wellington auckland ardern
    zimbabwe: zimbabwean harare bulawayo mugabe mnangagwa
"""


@cache
def countries() -> dict[str, str]:
    """Return the country of each word, both folded; one word names one country."""
    found: dict[str, str] = {}
    for row in _COUNTRIES.replace("\n      ", " ").split("\n"):
        country, _, words = row.strip().partition(":")
        found.update(dict.fromkeys((country, *words.split()), country))
    found.pop("", None)
    return found


def country_of(word: str) -> str:
    """Return the country that a folded word names, or "" when it names none."""
    known = countries()
    return known.get(word) or known.get(word.removesuffix("s"), "")
