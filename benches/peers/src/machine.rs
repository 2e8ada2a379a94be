//! What figures were got with: the machine, the command, and the versions of packages.

use std::fs;

/// The processor, where the system tells.
pub(crate) fn machine() -> String {
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split(": ").nth(1));
    model.map_or_else(|| system.clone(), |model| format!("{model}, {system}"))
}

/// What this program was called with, a space before each.
pub(crate) fn arguments() -> String {
    std::env::args().skip(1).map(|argument| format!(" {argument}")).collect()
}

/// How a program of the package is called.
pub(crate) fn command(program: &str, arguments: &str) -> String {
    format!("cargo run --release --manifest-path benches/peers/Cargo.toml --bin {program} --{arguments}")
}

/// The version of a package that is linked into this program.
pub(crate) fn version_of(package: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let named = lock.split("[[package]]").find(|entry| entry.contains(&format!("name = \"{package}\"\n")));
    let version = named.and_then(|entry| entry.lines().find_map(|line| line.strip_prefix("version = ")));
    version.map_or("unknown", |version| version.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn versions_are_those_of_the_lock() {
        assert_eq!(version_of("rsigma-eval"), "0.23.0");
        assert_eq!(version_of("no-such-package"), "unknown");
    }
}
