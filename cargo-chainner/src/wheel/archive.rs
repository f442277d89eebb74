//! The zip file: the same bytes from the same contents, everywhere, and nothing that PyPI or `uv` refuses.
//!
//! Entries come in the order given, deflated, with constant times and permissions, as made on Unix, without data
//! descriptors, directory entries, extra fields or comments.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZIP64_BYTES_THR, ZipWriter};

use super::WheelError;

/// Deflate level of zlib's own default; other levels gain next to nothing on libraries.
const LEVEL: i64 = 6;

/// 1980-01-01 00:00:00, the first moment a zip file can express, in seconds since 1970.
const FIRST: u64 = 315_532_800;

/// 2107-12-31 23:59:58, the last.
const LAST: u64 = 4_354_819_198;

/// One file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Path, `/`-separated.
    pub(crate) path: String,
    /// Whether it gets 0755 instead of 0644.
    pub(crate) executable: bool,
    /// The contents.
    pub(crate) contents: Vec<u8>,
}

/// The time all entries bear: that of `SOURCE_DATE_EPOCH`, or the first moment a zip file can express.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timestamp {
    /// Seconds since 1970-01-01 00:00:00 UTC; 0 stands for the earliest time as well.
    seconds: u64,
}

impl Timestamp {
    /// Reads the value of the environment variable `SOURCE_DATE_EPOCH`, `None` if it is not set.
    ///
    /// Times outside 1980 to 2107, which a zip file cannot express, become the nearest it can.
    ///
    /// # Errors
    ///
    /// [`WheelError::SourceDateEpoch`] for what is no whole number.
    pub fn from_source_date_epoch(value: Option<&str>) -> Result<Self, WheelError> {
        let Some(value) = value else { return Ok(Self::default()) };
        match value.trim().parse::<u64>() {
            Ok(seconds) => Ok(Self { seconds }),
            Err(_) => Err(WheelError::SourceDateEpoch { value: value.to_owned() }),
        }
    }

    /// Seconds since 1970, at least those of 1980, which is the earliest that any archive can express.
    pub(crate) fn seconds(self) -> u64 {
        self.seconds.clamp(FIRST, LAST)
    }

    fn date_time(self) -> DateTime {
        const SECONDS_A_DAY: u64 = 86_400;
        let seconds = self.seconds();
        let (year, month, day) = civil_from_days(seconds / SECONDS_A_DAY);
        let second_of_day = seconds % SECONDS_A_DAY;
        let part = |value: u64| u8::try_from(value).unwrap_or(0);
        let (hour, minute, second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
        let year = u16::try_from(year).unwrap_or(1980);
        DateTime::from_date_and_time(year, part(month), part(day), part(hour), part(minute), part(second))
            .unwrap_or_default()
    }
}

/// Year, month and day of a count of days since 1970-01-01.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`, for days that are not negative.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// Writes the entries, in their order, as a zip file.
pub(crate) fn write(entries: &[Entry], time: Timestamp) -> Result<Vec<u8>, WheelError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        let options = SimpleFileOptions::default()
            .system(System::Unix)
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(time.date_time())
            .unix_permissions(if entry.executable { 0o755 } else { 0o644 })
            .large_file(entry.contents.len() as u64 >= ZIP64_BYTES_THR);
        zip.start_file(&entry.path, options)?;
        zip.write_all(&entry.contents).map_err(zip::result::ZipError::Io)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date_time(value: &str) -> String {
        Timestamp::from_source_date_epoch(Some(value)).unwrap().date_time().to_string()
    }

    #[test]
    fn times_are_utc_and_kept_within_what_zip_can_express() {
        for (value, expected) in [
            ("0", "1980-01-01 00:00:00"),
            ("315532800", "1980-01-01 00:00:00"),
            ("951782400", "2000-02-29 00:00:00"),
            ("1700000000", "2023-11-14 22:13:20"),
            ("4354819199", "2107-12-31 23:59:58"),
            ("18446744073709551615", "2107-12-31 23:59:58"),
        ] {
            assert_eq!(date_time(value), expected);
        }
        assert_eq!(Timestamp::from_source_date_epoch(None).unwrap().date_time(), DateTime::default());
    }

    #[test]
    fn a_source_date_epoch_that_is_no_number_is_refused() {
        for value in ["", "-1", "now", "1.5"] {
            let error = Timestamp::from_source_date_epoch(Some(value)).unwrap_err();
            assert!(matches!(error, WheelError::SourceDateEpoch { .. }), "{error}");
        }
    }

    #[test]
    fn entries_have_constant_headers() {
        let entries = [
            Entry { path: "a/größe,.txt".to_owned(), executable: false, contents: b"text".to_vec() },
            Entry { path: "a/b.so".to_owned(), executable: true, contents: Vec::new() },
        ];
        let bytes = write(&entries, Timestamp::default()).unwrap();
        assert_eq!(bytes, write(&entries, Timestamp::default()).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(zip.len(), 2);
        for (index, entry) in entries.iter().enumerate() {
            let file = zip.by_index(index).unwrap();
            assert_eq!(file.name().unwrap(), entry.path);
            assert_eq!(file.system(), System::Unix);
            assert_eq!(file.compression(), CompressionMethod::Deflated);
            assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(if entry.executable { 0o755 } else { 0o644 }));
            assert!(!file.flags().is_using_data_descriptor());
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            assert!(file.extra_data().is_none_or(|extra| extra.is_empty()));
        }
    }
}
