using Bitrix24.Gen.Importer.Shapes;

namespace Bitrix24.Gen.Importer.Methods;

/// <summary>REST 3.0 puts every answer into an object of one member, named by its kind.</summary>
internal static class RestV3Envelope
{
    /// <summary>Takes the value out of the envelope, and notes where it stood.</summary>
    public static void Open(MethodDoc method)
    {
        if (method.Facts.V3 && method.ResultAt is null && method.Result is ObjectShape { Members: [{ Name: "item" or "items" or "result" } only] })
            (method.ResultAt, method.Result) = (only.Name, only.Shape);
    }
}
