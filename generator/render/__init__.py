"""A site becomes pages: views, plan, theme, feeds, sitemap."""
