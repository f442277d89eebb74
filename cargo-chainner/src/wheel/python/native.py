def _call(node_id, *values, **how):
    """Loads the native part at the first call, which takes this function's place."""
    global _call
    try:
        from ._native import call
    except Exception as error:
        raise _not_loaded(error) from error
    _call = call
    return call(node_id, *values, **how)


def _not_loaded(error):
    import pathlib
    import platform
    import sys
    import sysconfig

    file = pathlib.Path(__file__).with_name("@extension@")
    missing = "" if file.exists() else " (missing)"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    libc = " ".join(platform.libc_ver())
    return ImportError(
        "@module@ cannot run its nodes, because its native part could not be loaded.\n"
        f"  file:      {file}{missing}\n"
        f"  reason:    {error.__class__.__name__}: {error}\n"
        "  built for: CPython 3.10 or newer on @platforms@\n"
        f"  running:   {python} on {sysconfig.get_platform()} {libc}\n"
        "  help:      reinstall it for this platform: "
        f'"{sys.executable}" -m pip install --force-reinstall @distribution@',
        name=f"{__name__}._native",
        path=f"{file}",
    )
