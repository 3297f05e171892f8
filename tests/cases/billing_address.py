"""BillingAddress: a record of which an account has one at the most."""

from .case import Case

CASE = Case(
    kind="billing_address",
    name="address",
    named=False,
    arguments={},
    minimal={"address_1": "80719 Dorothea Mountain", "country": "US"},
    full={
        "address_1": "80719 Dorothea Mountain",
        "address_2": "Apt. 652",
        "city": "New Rasheedville",
        "state": "DE",
        "locality": "New Castle",
        "country": "US",
        "postal_code": "53538-5902",
    },
    changed={
        "address_1": "1 Main Street",
        "city": "London",
        "state": "London",
        "country": "GB",
        "postal_code": "SW1A 1AA",
    },
    taken=[{"country": "IE"}],
    refused=[
        ({"address_1": ""}, "address_1: address_1 is empty"),
        ({"country": "USA"}, "country: country must be two capital letters"),
        ({"country": "us"}, "country: country must be two capital letters"),
    ],
    documented=(
        "id customer_id address_1 address_2 city state locality country postal_code created_at updated_at deleted_at"
    ),
    left_out={"customer_id": "set by Fastly"},
    record="customer/{customer}/billing_address",
    answered={
        "customer_id": ...,
        "id": ...,
        **dict.fromkeys(("address_2", "city", "locality", "postal_code", "state")),
    },
)
