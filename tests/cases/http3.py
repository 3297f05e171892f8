"""HTTP/3: a version offers it or not, and there is nothing to set."""

from .case import Case

CASE = Case(
    kind="http3",
    name="http3",
    named=False,
    documented="service_id version created_at deleted_at updated_at feature_revision",
    left_out={"feature_revision": "there is one revision so far, which is sent"},
    constants={"feature_revision": "1"},
    answered={"feature_revision": 1, "feature_update_available": False, "id": ..., "version": 1},
)
