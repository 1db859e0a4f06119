using System.Net;
using System.Net.Sockets;

namespace Bitrix24.Gen.Emulator.State;

/// <summary>A range of IPv4 addresses, <c>10.0.0.0-10.255.255.255</c> or one address.</summary>
internal static class AddressRange
{
    /// <summary>The first text is such a range and, where there is a second, has that address: Y or N.</summary>
    public static string Fact(string?[] texts) => texts switch
    {
        [var range] => Read(range) is null ? "N" : "Y",
        [var range, var address] => Read(range) is var (first, last) && Number(address) is { } number && number >= first && number <= last ? "Y" : "N",
        _ => "N",
    };

    private static (uint First, uint Last)? Read(string? text) => text?.Split('-') switch
    {
        [var one] when Number(one) is { } address => (address, address),
        [var from, var to] when Number(from) is { } first && Number(to) is { } last && first <= last => (first, last),
        _ => null,
    };

    private static uint? Number(string? text) => IPAddress.TryParse(text?.Trim(), out var address) && address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes().Aggregate(0u, static (number, part) => (number << 8) | part)
        : null;
}
