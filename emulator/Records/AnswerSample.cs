using System.Globalization;

namespace Bitrix24.Gen.Emulator.Records;

/// <summary>What made-up values are made of.</summary>
/// <param name="Now">The portal's time.</param>
/// <param name="PortalUrl">The portal's address.</param>
/// <param name="Parameters">The call's parameters: a value that the caller named comes back.</param>
internal sealed record AnswerSample(DateTimeOffset Now, string PortalUrl, JsonObject Parameters)
{
    public string Text(string name) => Given(name) is { } given ? given : name.Length == 0 ? "text" : name.ToLowerInvariant();

    public string Url(string name) => $"{PortalUrl}/{name.ToLowerInvariant()}";

    public long Number(string name) => long.TryParse(Given(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private string? Given(string name) =>
        name.Length == 0 ? null : JsonValues.Text(Parameters.FirstOrDefault(p => Columns.Fold(p.Key) == Columns.Fold(name)).Value);
}
