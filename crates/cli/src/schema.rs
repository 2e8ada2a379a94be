//! The schemas of what programs read, kept like the types that write it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

/// Holds a schema in `docs/` against the type of what a command writes; `BLESS=1` rewrites it.
pub(crate) fn assert_kept<T: schemars::JsonSchema>(command: &str, file: &str) {
    let path = format!("{}/../../docs/{file}", env!("CARGO_MANIFEST_DIR"));
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), format!("channel-file {command} --format json").into());
    schema.insert(
        "description".to_owned(),
        format!(
            "What `channel-file {command} --format json` writes. Later versions may add properties; those that are here keep \
             their meaning. Indices count from 0, as a channel file does; `field_number`, lines and columns count from 1."
        )
        .into(),
    );
    let written = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "docs/{file} is another, `BLESS=1` rewrites it");
}
