#[derive(Settings)]
struct LabSettings {
    /// Keeps films.
    #[setting(default = true)]
    keep: bool,
    #[setting(range = 1..=64)]
    threads: u32,
    #[setting(directory = "films")]
    cache: Option<CacheDir>,
}
