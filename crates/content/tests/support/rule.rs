//! Sigma rules.

/// A whole rule around the detection section, which is indented by two.
pub(crate) fn rule(category: &str, detection: &str) -> String {
    format!(
        "title: Invented\nid: 00000000-0000-4000-8000-000000000001\nlogsource:\n  product: windows\n  \
         category: {category}\ndetection:\n{detection}\nlevel: high\n"
    )
}
