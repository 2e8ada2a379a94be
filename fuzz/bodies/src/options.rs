//! What the services that run fuzz targets are told of each: sizes, times and memory, as libFuzzer takes them.

use crate::target::{Input, Target};

/// An input that takes more memory has failed.
const MOST_MEGABYTES: u32 = 2048;

/// The file that lies beside the binary of a target on OSS-Fuzz and ClusterFuzzLite.
#[must_use]
pub fn options(target: &Target) -> String {
    let Target { name, most_bytes, timeout_seconds, .. } = target;
    // Where an execution takes microseconds, weighing inputs by rare features costs a fifth of the time and finds nothing more.
    let entropic = if matches!(target.input, Input::Bytes | Input::File) { "entropic = 0\n" } else { "" };
    format!(
        "[libfuzzer]\nmax_len = {most_bytes}\nlen_control = 0\n{entropic}timeout = {timeout_seconds}\n\
         rss_limit_mb = {MOST_MEGABYTES}\ndict = {name}.dict\n"
    )
}
