using System.Text.RegularExpressions;
using Bitrix24.Gen.Tools;

namespace Bitrix24.Gen.Emulator.Exchanges;

/// <summary>
/// Takes secrets out of what is kept: members and parameters of addresses whose names say that they are, and the portal's name and
/// webhook wherever they stand.
/// </summary>
internal sealed partial class Redaction
{
    private readonly string[] _texts;

    public Redaction(Uri webhook) => _texts = [webhook.Segments[^1].Trim('/'), Uri.UnescapeDataString(webhook.Segments[^1].Trim('/')), webhook.Authority];

    /// <summary>A copy without secrets.</summary>
    public JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Select(m => KeyValuePair.Create(Text(m.Key), SecretName().IsMatch(m.Key) && m.Value is not null ? AddressSecrets.Hidden : Of(m.Value)))
            .DistinctBy(static m => m.Key)),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        _ => node?.DeepClone(),
    };

    private string Text(string text) => AddressSecrets.Hide(
        _texts.Aggregate(text, static (t, secret) => t.Replace(secret, AddressSecrets.Hidden, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(SecretNames.Everywhere, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SecretName();
}
