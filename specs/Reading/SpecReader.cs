namespace Bitrix24.Gen.Specs;

/// <summary>Reads spec files.</summary>
public static class SpecReader
{
    /// <summary>Reads a spec file. Never throws: what is wrong becomes a diagnostic, and the rest is kept.</summary>
    /// <param name="path">Its path; the name says what the file is about.</param>
    /// <param name="text">Its text.</param>
    /// <param name="user">The file is a user's own, see <see cref="SpecDocument.User"/>.</param>
    public static SpecDocument Read(string path, string text, bool user = false)
    {
        var json = JsonReader.Read(text);
        if (json.Root is not JsonObject root)
        {
            var (message, range) = json.Error is { } error
                ? (error.Message, error.Range)
                : ("A spec file is a JSON object: { \"api\": … }.", json.Root!.Range);
            var diagnostic = new SpecDiagnostic(RuleIds.SpecNotJson, RuleSeverity.Error, message, path, "", range);
            return new(path, text, user, null, null, new([diagnostic]));
        }

        // What such a text leaves out may stand in the file or template that it changes: the set checks them together.
        var partial = user || SpecFileName.IsOverlay(path)
            || root.Find("overlay")?.Value is JsonBool { Value: true } || root.Find("entities") is not null;
        return new(path, text, user, root, FileBinder.Bind(path, root, partial), default);
    }
}
