export default {
  layout: "article.njk",
  permalink: (data) => `/articles/${data.days[0].replaceAll("-", "/")}/${data.slug}/`,
};
