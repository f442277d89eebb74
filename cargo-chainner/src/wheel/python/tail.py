

def schema() -> dict[str, Any]:
    """Returns the package as the app knows it: schema.json, parsed anew at each call."""
    import json
    import pathlib

    return json.loads(pathlib.Path(__file__).with_name("schema.json").read_bytes())


def __dir__() -> list[str]:
    return [
        *__all__,
        "__all__",
        "__doc__",
        "__file__",
        "__name__",
        "__package__",
        "__path__",
        "__spec__",
        "__version__",
    ]
