//! Networks in CIDR notation.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A network: an address whose bits after the prefix are zero, and the length of the prefix.
///
/// IPv4 and IPv6 stay apart: `::ffff:192.0.2.1` is in no IPv4 network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "(IpAddr, u8)", into = "(IpAddr, u8)"))]
pub struct IpNetwork {
    address: IpAddr,
    prefix: u8,
}

impl IpNetwork {
    /// The network, if the prefix is no longer than the address and no bit after it is set.
    #[must_use]
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        let network = Self { address, prefix };
        (prefix <= network.full_prefix() && mask(address, prefix) == address).then_some(network)
    }

    /// The network of this prefix that the address is in; `None` if the prefix is longer than the address.
    #[must_use]
    pub fn containing(address: IpAddr, prefix: u8) -> Option<Self> {
        Self::new(mask(address, prefix), prefix)
    }

    /// The first address.
    #[must_use]
    pub const fn address(&self) -> IpAddr {
        self.address
    }

    /// How many bits of the address count.
    #[must_use]
    pub const fn prefix(&self) -> u8 {
        self.prefix
    }

    /// Whether the network is a single address: `equals` says it more simply.
    #[must_use]
    pub const fn is_single_address(&self) -> bool {
        self.prefix == self.full_prefix()
    }

    /// Whether the address is in the network.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        mask(address, self.prefix) == self.address && address.is_ipv4() == self.address.is_ipv4()
    }

    const fn full_prefix(&self) -> u8 {
        match self.address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        }
    }
}

impl fmt::Display for IpNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl core::str::FromStr for IpNetwork {
    type Err = &'static str;

    /// Reads `192.0.2.0/24` or `2001:db8::/32`; the bits after the prefix must be zero.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) = text.split_once('/').ok_or("a network is an address, a slash and a prefix length")?;
        let address = address.parse().map_err(|_| "what stands before the slash is no address")?;
        let is_number = prefix == "0" || (!prefix.starts_with('0') && prefix.bytes().all(|byte| byte.is_ascii_digit()));
        let prefix =
            prefix.parse().ok().filter(|_| is_number).ok_or("what stands after the slash is no prefix length")?;
        Self::new(address, prefix).ok_or("the prefix is longer than the address, or bits after it are set")
    }
}

impl From<IpNetwork> for (IpAddr, u8) {
    fn from(network: IpNetwork) -> Self {
        (network.address, network.prefix)
    }
}

impl TryFrom<(IpAddr, u8)> for IpNetwork {
    type Error = &'static str;

    fn try_from((address, prefix): (IpAddr, u8)) -> Result<Self, Self::Error> {
        Self::new(address, prefix).ok_or("the prefix is longer than the address, or bits after it are set")
    }
}

fn mask(address: IpAddr, prefix: u8) -> IpAddr {
    let prefix = u32::from(prefix);
    match address {
        IpAddr::V4(v4) => {
            let host = u32::MAX.checked_shr(prefix).unwrap_or(0);
            IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & !host))
        }
        IpAddr::V6(v6) => {
            let host = u128::MAX.checked_shr(prefix).unwrap_or(0);
            IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !host))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses_and_no_other() {
        let network: IpNetwork = "192.0.2.0/24".parse().unwrap();
        assert!(network.contains("192.0.2.255".parse().unwrap()));
        assert!(!network.contains("192.0.3.0".parse().unwrap()));
        assert!(!network.contains("::ffff:192.0.2.1".parse().unwrap()));
        let all: IpNetwork = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("255.255.255.255".parse().unwrap()));
        assert!(!all.contains("::".parse().unwrap()));
    }

    #[test]
    fn host_bits_and_long_prefixes_are_refused() {
        for text in [
            "192.0.2.1/24",
            "192.0.2.0/33",
            "::1/127",
            "::/129",
            "192.0.2.0",
            "x/8",
            "::/x",
            "192.0.2.0/+24",
            "192.0.2.0/024",
        ] {
            assert!(text.parse::<IpNetwork>().is_err(), "{text}");
        }
        assert_eq!(IpNetwork::containing("192.0.2.1".parse().unwrap(), 24), "192.0.2.0/24".parse().ok());
    }
}
