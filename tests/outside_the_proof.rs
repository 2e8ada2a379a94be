//! What the panic proof lets through, tried: the standard library's text of addresses and quoted text, and its sorting.
#![cfg(feature = "alloc")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod strategies;

use std::cmp::Ordering;
use std::fmt::Debug;
use std::net::IpAddr;

use channel_file::template::{Case, Criterion, IpNetwork, Operator, Pattern};
use channel_file::{ChannelFile, encode};
use proptest::prelude::*;

use self::strategies::content;

proptest! {
    #[test]
    fn networks_are_read_as_they_are_written(address: IpAddr, prefix in 0_u8..=130) {
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let network = IpNetwork::containing(address, prefix);
        prop_assert_eq!(network.is_some(), prefix <= longest);
        if let Some(network) = network {
            prop_assert_eq!(network.to_string().parse(), Ok(network));
            prop_assert!(shown(&network).contains(&network.address().to_string()));
        }
    }

    #[test]
    fn what_is_read_as_a_network_is_one(text in "[0-9a-f:.]{0,45}(/[0-9]{1,4})?|\\PC*") {
        if let Ok(network) = text.parse::<IpNetwork>() {
            prop_assert_eq!(IpNetwork::new(network.address(), network.prefix()), Some(network));
            prop_assert_eq!(network.to_string().parse(), Ok(network));
        }
    }

    #[test]
    fn everything_can_be_shown_to_programmers(content in content(), named in "\\PC{1,8}") {
        let bytes = encode(&content).expect("it is small");
        let file = ChannelFile::open(&bytes).expect("what is written can be read");
        let id = content.rules().first().expect("there is a rule").id();
        prop_assert!(shown(&content).contains(id));
        prop_assert!(file.rules().all(|rule| shown(&rule).contains(rule.id())));
        let text = Pattern::text(Operator::Equals, named.as_str(), Case::Ignored);
        let quoted = shown(&text.expect("it is not empty"));
        prop_assert!(quoted.contains(named.as_str()) || named.contains(|one: char| one.escape_debug().len() > 1));
        for instance in file.instances() {
            prop_assert!(!shown(&instance).is_empty());
            for criterion in instance.criteria() {
                criterion.patterns().for_each(|pattern| assert!(!shown(&pattern).is_empty()));
            }
        }
    }

    #[test]
    fn orders_do_not_contradict_themselves(content in content()) {
        let instances = || content.rules().iter().flat_map(|rule| rule.instances());
        let criteria: Vec<&Criterion> = instances().flat_map(|instance| instance.criteria()).take(12).collect();
        let patterns: Vec<&Pattern> = criteria.iter().flat_map(|criterion| criterion.patterns()).take(12).collect();
        hold_as_an_order(&criteria);
        hold_as_an_order(&patterns);
    }
}

/// On one line, and on many.
fn shown<T: Debug + ?Sized>(value: &T) -> String {
    format!("{value:?}\n{value:#?}")
}

/// Each two compare one way, equal is equal, and what comes before a second and that before a third comes before the third.
fn hold_as_an_order<T: Ord + Debug>(items: &[T]) {
    for one in items {
        for two in items {
            assert_eq!(one.cmp(two), two.cmp(one).reverse(), "{one:?} {two:?}");
            assert_eq!(one.cmp(two) == Ordering::Equal, one == two, "{one:?} {two:?}");
            for three in items {
                assert!(!(one <= two && two <= three) || one <= three, "{one:?} {two:?} {three:?}");
            }
        }
    }
}
