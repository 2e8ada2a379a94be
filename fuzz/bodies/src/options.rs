//! What the services that run fuzz targets are told of each: sizes, times and memory, as libFuzzer takes them.

use crate::target::Target;

/// An input that takes more memory has failed.
const MOST_MEGABYTES: u32 = 2048;

/// The file that lies beside the binary of a target on OSS-Fuzz and ClusterFuzzLite.
#[must_use]
pub fn options(target: &Target) -> String {
    let Target { name, most_bytes, timeout_seconds, .. } = target;
    format!(
        "[libfuzzer]\nmax_len = {most_bytes}\nlen_control = 0\ntimeout = {timeout_seconds}\nrss_limit_mb = {MOST_MEGABYTES}\n\
         dict = {name}.dict\n"
    )
}
