using System.Linq;
using System.Threading;
using Bitrix24.Gen.Analyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Bitrix24.Gen.Analyzers.Calls;

/// <summary>What the source tells about the credentials of the client that a call is made on.</summary>
internal static class Credentials
{
    /// <summary>The client was certainly made from a webhook of a real portal.</summary>
    public static bool IsWebhook(ApiCall call, CancellationToken cancellationToken)
    {
        if (Client(call.Operation) is not ILocalReferenceOperation local
            || Constants.SingleAssignment(local, cancellationToken) is not { } made
            || Constants.Unwrap(made) is not IObjectCreationOperation creation)
        {
            return false;
        }

        return creation.Arguments.Any(a => IsWebhookValue(a.Value, cancellationToken));
    }

    /// <summary>The variable at the root of <c>portal.Area.Group.MethodAsync()</c>.</summary>
    private static IOperation? Client(IInvocationOperation invocation)
    {
        var instance = invocation.Instance;
        while (instance is not null)
        {
            instance = Constants.Unwrap(instance);
            if (instance is not IPropertyReferenceOperation property)
                return instance;
            instance = property.Instance;
        }

        return null;
    }

    private static bool IsWebhookValue(IOperation value, CancellationToken cancellationToken)
    {
        value = Constants.Unwrap(value);
        if (value is ILocalReferenceOperation local)
            return Constants.SingleAssignment(local, cancellationToken) is { } made && IsWebhookCall(made, cancellationToken);
        return IsWebhookCall(value, cancellationToken);
    }

    private static bool IsWebhookCall(IOperation value, CancellationToken cancellationToken) =>
        Constants.Unwrap(value) is IInvocationOperation { TargetMethod: { Name: "Webhook", ContainingType: var type } } invocation
        && KnownSymbols.IsRuntimeType(type, "Bitrix24Credentials")
        && !(invocation.Arguments is [{ Value: var url }, ..]
            && Constants.String(url, cancellationToken) is { } text
            && SecretText.FindWebhook(text) is var (host, _)
            && SecretText.IsPlaceholder(host));
}
