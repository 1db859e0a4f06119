using System.Globalization;
using Bitrix24.Gen.Emulator.Records;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Control;

/// <summary>What a control request gives: query parameters and a JSON body.</summary>
internal sealed class ControlQuery(IQueryCollection query, JsonNode? body)
{
    public JsonNode? Body { get; } = body;

    /// <summary>The body, which has to be an object.</summary>
    public JsonObject Object => Body as JsonObject ?? throw new ControlException("The body must be a JSON object.");

    public string? Text(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public long Number(string name, long otherwise)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ControlException($"The parameter \"{name}\" must be a whole number.");
    }

    /// <summary>A text member of the body.</summary>
    public string? Member(string name) => JsonValues.Text(Object[name]);

    public string Required(string name) =>
        Member(name) is { Length: > 0 } text ? text : throw new ControlException($"\"{name}\" is missing.");

    public double? MemberNumber(string name)
    {
        if (Member(name) is not { } text)
            return null;
        return JsonValues.TryNumber(text, out var number) ? number : throw new ControlException($"\"{name}\" must be a number.");
    }
}
