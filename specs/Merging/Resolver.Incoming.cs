using System.Linq;

namespace Bitrix24.Gen.Specs;

/// <content>What placements and callbacks refer to.</content>
internal sealed partial class Resolver
{
    private void CheckIncoming(SpecFile file)
    {
        foreach (var placement in file.Placements)
        {
            string Pointer(string key) => JsonPointer.Append("/placements", placement.Code) + "/" + key;

            if (placement.Parameters.GroupBy(static p => p, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { } twice)
                Report(RuleIds.SpecConflict, () => JsonPointer.Append("/placements", placement.Code), () => $"The code has the parameter \"{{{twice.Key}}}\" twice; give each a name of its own.");
            if (placement.Code.Contains("}{"))
                Report(RuleIds.SpecRule, () => JsonPointer.Append("/placements", placement.Code), static () => "Nothing parts two parameters of the code, so that no code can be read.");
            if (placement.Method is { } method)
                ExpectMethod(method, placement.Field, Pointer);
        }

        var requests = new HashSet<TypeRef>();
        foreach (var callback in file.Callbacks)
            Check(callback, requests);
    }

    private void Check(CallbackSpec callback, HashSet<TypeRef> requests)
    {
        string Pointer(string key) => JsonPointer.Append("/callbacks", callback.Name) + "/" + key;

        if (callback.Of is { } of)
        {
            if (Resolve(of, () => Pointer("of")) is { Kind: TypeKind.Named } record && callback is { Method: null, Field: { } field })
                HasField(record, field, () => Pointer("field"));
        }

        if (callback.Method is { } method)
            ExpectMethod(method, callback.Field, Pointer);
        if (callback.Reply is { } reply)
            ExpectMethod(reply, () => Pointer("reply"));
        if (callback.Request is not { Kind: TypeKind.Named } request)
            return;
        // The record is the callback: it has its code.
        if (request.File != _file.File.Name)
            Report(RuleIds.SpecConflict, () => Pointer("request/type"), () => $"\"{request.Name}\" is a type of another file; write the fields of the request here.");
        else if (!requests.Add(request))
            Report(RuleIds.SpecConflict, () => Pointer("request/type"), () => $"Another callback has the request \"{request.Name}\"; write the fields of each.");
        if (callback.Token is { } token)
            HasField(request, token, () => Pointer("token"));
    }

    /// <summary>A method, and the parameter or field of it that has an address.</summary>
    private void ExpectMethod(string name, string? path, Func<string, string> pointer)
    {
        ExpectMethod(name, () => pointer("method"));
        if (path is null || _index.FindMethod(name) is not { } method)
            return;
        var (fields, isOpen) = (method.Params, method.OpenParams);
        foreach (var step in path.Split('.'))
        {
            if (isOpen)
                return;
            if (fields.FirstOrDefault(f => f.Name.Equals(step, StringComparison.OrdinalIgnoreCase)) is not { } field)
            {
                var known = fields;
                Report(RuleIds.SpecReference, () => pointer("field"), () => $"\"{name}\" has no \"{BindContext.Quote(step)}\" there. {BindContext.Hint(step, Names(known), "Names")}");
                return;
            }

            if (field.Type.Kind != TypeKind.Named || _index.FindType(field.Type.File!, field.Type.Name!) is not { Scalar: null } type)
                return;
            (fields, isOpen) = (type.Fields, type.Open);
        }
    }
}
