"""Every public address, on one page. The desk is under /admin/ (`pain_site.urls`)."""

from django.urls import path, register_converter

from articles import feeds, sitemaps
from articles.views import (
    answers,
    articles,
    browse,
    credits,
    dates,
    health,
    media,
    newsletter,
    people,
    preferences,
    previews,
    records,
    reports,
    search,
    site,
    subscriptions,
)

register_converter(dates.Year, "yyyy")
register_converter(dates.Month, "mm")

urlpatterns = [
    path("", articles.home, name="home"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/history/", articles.history, name="history"),
    path("articles/<slug:slug>/record.json", records.record, name="record"),
    path("schemas/article-record-1.json", records.schema, name="record-schema"),
    path("topics/", browse.topics, name="topics"),
    path("topics/<slug:slug>/", browse.topic, name="topic"),
    path("glossary/", browse.glossary, name="glossary"),
    path("archive/", browse.archive, name="archive"),
    path("archive/<yyyy:year>/", browse.year, name="archive-year"),
    path("archive/<yyyy:year>/<mm:month>/", browse.month, name="archive-month"),
    path("<slug:slug>/a-z/", browse.a_to_z, name="a-to-z"),
    path("articles/<slug:slug>/answer/", answers.answer, name="answer"),
    path("articles/<slug:slug>/report/", reports.report, name="report"),
    path("corrections/", articles.corrections, name="corrections"),
    path("people/", people.everyone, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("credits/", credits.credits, name="credits"),
    path("how-we-review/", site.how_we_review, name="how-we-review"),
    path("search/", search.search, name="search"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/confirm/<str:token>/", subscriptions.confirm, name="confirm"),
    path("subscribe/not-me/<str:token>/", subscriptions.not_me, name="not-me"),
    path("unsubscribe/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("preferences/<str:token>/", preferences.preferences, name="preferences"),
    # The same addresses as mail programs cut, double and wrap them.
    path("subscribe/confirm/<path:token>", subscriptions.confirm, name="confirm-mangled"),
    path("subscribe/not-me/<path:token>", subscriptions.not_me, name="not-me-mangled"),
    path("unsubscribe/<path:token>", subscriptions.unsubscribe, name="unsubscribe-mangled"),
    path("preferences/<path:token>", preferences.preferences, name="preferences-mangled"),
    path("newsletter/", newsletter.issues, name="newsletter"),
    path("newsletter/<int:number>/", newsletter.issue, name="issue"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("review/<str:token>/", previews.review, name="review"),
    path("feed/", feeds.atom, name="feed"),
    path("<slug:slug>/feed/", feeds.atom, name="section-feed"),
    path("feed.json", feeds.json_feed, name="json-feed"),
    path("<slug:slug>/feed.json", feeds.json_feed, name="section-json-feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.part, name="sitemap-part"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("manifest.webmanifest", site.manifest, name="manifest"),
    path(".well-known/security.txt", site.security, name="security"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("media/<path:name>", media.rendition, name="media"),
    # Last, because a section may be called anything.
    path("<slug:slug>/", articles.section, name="section"),
]
