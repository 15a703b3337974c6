const day = (d) => d.toISOString().slice(0, 10);
export default function (cfg) {
  cfg.setQuietMode(true);
  cfg.addPassthroughCopy({ "style.css": "style.css" });
  cfg.addFilter("iso", (d) => d.toISOString());
  cfg.addFilter("day", day);
  cfg.addFilter("long", (d) => d.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
  cfg.addFilter("head", (a, n) => a.slice(0, n));
  cfg.addCollection("news", (api) => {
    const all = api.getFilteredByGlob("content/**/*.md").sort((a, b) => b.date - a.date);
    all.forEach((p, i) => { p.data.newer = all[i - 1]; p.data.older = all[i + 1]; });
    return all;
  });
  const group = (api, keys) => {
    const m = new Map();
    for (const p of api.getFilteredByGlob("content/**/*.md").sort((a, b) => b.date - a.date))
      for (const k of keys(p)) m.has(k) ? m.get(k).push(p) : m.set(k, [p]);
    return m;
  };
  cfg.addCollection("byDay", (api) => [...group(api, (p) => p.data.days)].map(([name, items]) => ({ name, items })));
  cfg.addCollection("byTopic", (api) => [...group(api, (p) => p.data.topics)].sort().map(([name, items]) => ({ name, items })));
  cfg.addCollection("topicPages", (api) => {
    const out = [];
    for (const [name, items] of [...group(api, (p) => p.data.topics)].sort()) {
      const total = Math.ceil(items.length / 20);
      for (let i = 0; i < total; i++)
        out.push({ name, no: i + 1, total, items: items.slice(i * 20, i * 20 + 20), url: i ? `/topics/${name}/page/${i + 1}/` : `/topics/${name}/` });
    }
    return out;
  });
  return { dir: { input: ".", output: "_site", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
