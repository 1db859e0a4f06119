using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Bitrix24;

/// <summary>Keeps what comes from outside from reaching into the network of the process.</summary>
internal static class PrivateNetwork
{
    /// <summary>The address is of this machine, of a local network, or of no single machine at all.</summary>
    public static bool Has(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (Embedded(address) is { } inner)
                return Has(inner);
            return !IsGlobal(address);
        }

        Span<byte> b = stackalloc byte[4];
        address.TryWriteBytes(b, out _);
        return b[0] is 0 or 10 or 127 or >= 224
            || (b[0] == 100 && (b[1] & 0xC0) == 64)
            || (b[0] == 169 && b[1] == 254)
            || (b[0] == 172 && (b[1] & 0xF0) == 16)
            || (b[0] == 192 && b[1] == 168)
            || (b[0] == 192 && b[1] == 0 && b[2] is 0 or 2)
            || (b[0] == 192 && b[1] == 88 && b[2] == 99)
            || (b[0] == 198 && (b[1] & 0xFE) == 18)
            || (b[0] == 198 && b[1] == 51 && b[2] == 100)
            || (b[0] == 203 && b[1] == 0 && b[2] == 113);
    }

    /// <summary>Whether a host is written as such an address, or is a name of this machine.</summary>
    public static bool Has(Uri address)
    {
        var host = PortalKey.HostOf(address).Trim('[', ']');
        return address.IsLoopback
            || (IPAddress.TryParse(host, out var ip) && Has(ip))
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Connects to public addresses only, as they are resolved at this moment.</summary>
    /// <exception cref="PrivateAddressException">The name has no public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.InitialRequestMessage.RequestUri!;
        // To a proxy the connection may be a private one; what it is asked for may not.
        var isProxied = !context.DnsEndPoint.Host.Equals(target.IdnHost, StringComparison.OrdinalIgnoreCase)
            && !context.DnsEndPoint.Host.Equals(target.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(target.IdnHost, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException) when (isProxied)
        {
            // Only the proxy can resolve it.
            addresses = [];
        }

        if (Array.Exists(addresses, Has))
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (isProxied)
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            else
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Of what is given out to machines (2000::/3), without tunnels that may end here (Teredo, ISATAP) and what no machine has
    /// (2001:10::/28, documentation). Translators of the local network (64:ff9b:1::/48, ::ffff:0:0:0/96) lie outside.
    /// </summary>
    private static bool IsGlobal(IPAddress address)
    {
        Span<byte> b = stackalloc byte[16];
        address.TryWriteBytes(b, out _);
        var first = BinaryPrimitives.ReadUInt32BigEndian(b);
        return (b[0] & 0xE0) == 0x20
            && first is not (0x20010000 or 0x20010DB8) && (first & 0xFFFFFFF0) != 0x20010010 && (first & 0xFFFFF000) != 0x3FFF0000
            && !((b[8] & 0xFD) == 0 && b[9] == 0 && b[10] == 0x5E && b[11] == 0xFE);
    }

    /// <summary>The IPv4 address inside one of IPv6: mapped, translated (NAT64), tunnelled (6to4).</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        Span<byte> b = stackalloc byte[16];
        address.TryWriteBytes(b, out _);
        if (BinaryPrimitives.ReadUInt16BigEndian(b) == 0x2002)
            return new(b[2..6]);
        if (BinaryPrimitives.ReadUInt32BigEndian(b) == 0x0064FF9B && b[4..12].IndexOfAnyExcept((byte)0) < 0)
            return new(b[12..]);
        return b[..12].IndexOfAnyExcept((byte)0) < 0 && b[12] != 0 ? new(b[12..]) : null;
    }
}

/// <summary>A download would go to a private address.</summary>
internal sealed class PrivateAddressException() : IOException("the address leads into a private network");
