def _call(node_id, *values, **how):
    """Says why no node runs: this wheel holds no native part."""
    import platform
    import sys
    import sysconfig

    python = f"{platform.python_implementation()} {platform.python_version()}"
    libc = " ".join(platform.libc_ver())
    raise ImportError(
        "@module@ cannot run its nodes, because it was installed without its native part.\n"
        f"  reason:    this is the wheel that only shows the nodes; pip takes it where no other fits\n"
        f"  running:   {python} on {sysconfig.get_platform()} {libc}\n"
        "  help:      look for a wheel for this platform: "
        f'"{sys.executable}" -m pip install --force-reinstall --only-binary=:all: @distribution@; '
        "if there is none, ask its author for one, or build it from its sources: cargo chainner build",
        name=f"{__name__}._native",
    )
