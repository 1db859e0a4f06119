using System.Linq;
using Bitrix24.Gen.Specs;
using TypeKind = Bitrix24.Gen.Specs.TypeKind;

namespace Bitrix24.Gen.CodeFixes;

/// <summary>Members of a record type, by their names on the wire.</summary>
internal sealed class RecordMembers
{
    private readonly ILookup<string, string> _members;

    private RecordMembers(ILookup<string, string> members) => _members = members;

    /// <summary>The members; null: the type is no record.</summary>
    public static RecordMembers? Of(TypeRef? type, MethodSpec method, SpecSet specs)
    {
        if (type is not { Kind: TypeKind.Named } || specs.ResolveType(type, method.Api) is not { Scalar: null } record)
            return null;
        var names = CSharpNames.Members(record, specs.Profile(method.Api));
        return new(record.Fields.Select((f, i) => (f.Name, Member: names[i])).ToLookup(static m => m.Name, static m => m.Member, StringComparer.Ordinal));
    }

    /// <summary>The member in C#; null: the type has none of that name.</summary>
    public string? Find(string name) => _members[name].FirstOrDefault();
}
