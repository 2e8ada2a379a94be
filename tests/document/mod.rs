//! Documents with tables that are made from the code.

use std::fs;
use std::path::PathBuf;

/// Holds the tables between `generated` marks of a document against these; with `BLESS=1` puts these there.
pub(crate) fn hold(name: &str, test: &str, tables: impl IntoIterator<Item = (&'static str, String)>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    let document = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut current = document.clone();
    for (name, table) in tables {
        let open = format!("<!-- generated: {name} -->\n");
        let start = current.find(&open).unwrap_or_else(|| panic!("no mark {open}")) + open.len();
        let end = start + current[start..].find("<!-- end -->").expect("an end mark");
        current.replace_range(start..end, &table);
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, current).unwrap_or_else(|error| panic!("{name}: {error}"));
    } else {
        assert!(current == document, "{name} is out of date: run BLESS=1 cargo test --test {test}");
    }
}
