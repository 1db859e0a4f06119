using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Credentials for an API of HTTP style, whose methods are verbs and paths.</summary>
internal abstract class HttpApiCredentials(Uri host, Secrets secrets) : Bitrix24Credentials(host, secrets)
{
    /// <summary>What is known of methods that no spec names.</summary>
    public abstract ApiDescriptor Api { get; }

    public override MethodAccess Access => MethodAccess.Any;

    // A host that speaks other APIs too counts each by itself.
    internal override string LimitOwner => Api.Envelope.ToString();

    // These APIs have no operating time to share out.
    internal override string Caller => "";

    internal override Uri AddressOf(string method) =>
        throw new InvalidOperationException($"{method} is not a method of the API that these credentials are for: {Portal.Authority}.");

    /// <summary>The address of a path and query on the host; never another host.</summary>
    internal override Uri AddressOf(HttpCall call)
    {
        var address = new Uri(Portal, call.Target);
        return address.Authority == Portal.Authority && address.Scheme == Portal.Scheme
            ? address
            : throw new ArgumentException("The path leads to another host.");
    }
}
