"""Every public address, on one page. The desk is under /admin/ (`pain_site.urls`)."""

from django.urls import path

from articles import feeds
from articles.views import articles, health, media, newsletter, people, preferences, proofs, site, subscriptions

urlpatterns = [
    path("", articles.home, name="home"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:slug>/history/", articles.history, name="history"),
    path("corrections/", articles.corrections, name="corrections"),
    path("people/", people.everyone, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("credits/", articles.credits, name="credits"),
    path("how-we-review/", site.how_we_review, name="how-we-review"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/confirm/<str:token>/", subscriptions.confirm, name="confirm"),
    path("subscribe/not-me/<str:token>/", subscriptions.not_me, name="not-me"),
    path("unsubscribe/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("newsletter/", newsletter.issues, name="newsletter"),
    path("newsletter/<int:number>/", newsletter.issue, name="issue"),
    path("preferences/<str:token>/", preferences.preferences, name="preferences"),
    # The same addresses as mail programs cut, double and wrap them.
    path("subscribe/confirm/<path:token>", subscriptions.confirm, name="confirm-mangled"),
    path("subscribe/not-me/<path:token>", subscriptions.not_me, name="not-me-mangled"),
    path("unsubscribe/<path:token>", subscriptions.unsubscribe, name="unsubscribe-mangled"),
    path("preferences/<path:token>", preferences.preferences, name="preferences-mangled"),
    path("preview/<str:token>/", proofs.preview, name="preview"),
    path("review/<str:token>/", proofs.review, name="review"),
    path("feed/", feeds.atom, name="feed"),
    path("<slug:slug>/feed/", feeds.atom, name="section-feed"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("media/<path:name>", media.rendition, name="media"),
    # Last, because a section may be called anything.
    path("<slug:slug>/", articles.section, name="section"),
]
