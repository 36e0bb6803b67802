"""What every answer tells browsers: which of their features we never use, and which sites may show what we send.

Content security policies are in the settings and in `admin.site`.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# https://github.com/w3c/webappsec-permissions-policy/blob/main/features.md, as far as browsers know them.
UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "gamepad"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "interest-cohort", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock"),
    *("serial", "usb", "window-management", "xr-spatial-tracking"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)


def on_every_answer(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware before all others, so that static files, health and errors say it, too."""
    # Feed readers, mail programs and cards on other sites show our pictures, the feed's icons and the site's card in
    # pages of their own. Nothing else of ours is of use in another site's page, our style sheets and scripts included.
    shown_elsewhere = (settings.MEDIA_URL, *(f"{settings.STATIC_URL}articles/{name}" for name in ("icon-", "card.")))

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_shown_elsewhere = request.path_info.startswith(shown_elsewhere)
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_shown_elsewhere else "same-origin"
        response["Permissions-Policy"] = PERMISSIONS
        return response

    return answer
