"""Who is signed in: the account with its devices in one query, all its permissions in another, on every page alike."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.middleware import OTPMiddleware
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

User: Any = get_user_model()


def _first(kind: Any) -> Subquery:
    """The number of a user's confirmed device of a kind, or none."""
    return Subquery(kind.objects.filter(user=OuterRef("pk"), confirmed=True).order_by("pk").values("pk")[:1])


class DeskBackend(ModelBackend):
    """Django's own, asking less often: a user comes with `app_id` and `codes_id`, the second step's devices."""

    def get_user(self, user_id: Any) -> Any:
        found = User._default_manager.annotate(app_id=_first(TOTPDevice), codes_id=_first(StaticDevice))
        user = found.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = set(_permissions(user_obj))
        known: set[str] = user_obj._perm_cache
        return known


def _permissions(user: Any) -> Any:
    """What is given to a user, by name or through groups, as “articles.change_image”; everything to a superuser."""
    of_groups = Permission.objects.filter(group__in=user.groups.all()).values("pk")
    own = user.user_permissions.values("pk")
    given = (
        Permission.objects.all()
        if user.is_superuser
        else Permission.objects.filter(Q(pk__in=own) | Q(pk__in=of_groups))
    )
    name = Concat(F("content_type__app_label"), Value("."), F("codename"))
    return given.order_by().annotate(said=name).values_list("said", flat=True)


class SecondStepMiddleware(OTPMiddleware):
    """Knows the device that a session was verified with, without a query where `DeskBackend` has read it."""

    def _verify_user_sync(self, request: Any, user: Any) -> Any:
        device = _read_with(user, request.session.get(DEVICE_ID_SESSION_KEY)) if user.is_authenticated else None
        if device is None:
            return super()._verify_user_sync(request, user)
        self._init_user_fields(user)
        user.otp_device = device
        return user


def _read_with(user: Any, persistent_id: str | None) -> Any:
    known = [kind(pk=pk, user_id=user.pk) for kind, pk in _devices(user) if pk]
    return next((device for device in known if device.persistent_id == persistent_id), None)


def _devices(user: Any) -> list[tuple[Any, int | None]]:
    return [(TOTPDevice, getattr(user, "app_id", None)), (StaticDevice, getattr(user, "codes_id", None))]
