namespace Bitrix24.Gen.Specs;

/// <summary>
/// Flags that contradict each other (B24006). Not among them: read-only with required (always in answers), with
/// immutable (the API itself reports both), required with nullable (must be sent, may be null).
/// </summary>
internal static class FieldFlagChecks
{
    // A partial field changes another: what it leaves out may stand there.
    public static void Check(SpecObject value, FieldSpec field, bool parameter, bool partial)
    {
        if (field.Required)
        {
            Contradicts(field.Default is not null, "default", "a required field never takes its default");
            Contradicts(field.RequiredIf is not null, "requiredIf", "the field is required anyway");
            Contradicts(field.OneOf.Count > 0, "oneOf", "the field is required anyway");
        }

        if (field.ReadOnly)
        {
            Contradicts(field.Default is not null, "default", "a read-only field is not sent; say \"server\" for what the server fills in");
            Contradicts(field.RequiredIf is not null, "requiredIf", "a read-only field is not sent");
            Contradicts(field.OneOf.Count > 0, "oneOf", "a read-only field is not sent");
            Contradicts(parameter, "readOnly", "a parameter is always sent");
        }

        Contradicts(!parameter && field.Fixed is not null, "fixed", "only a parameter of a method is sent with every call");
        Contradicts(field.Fixed is not null && field.Required, "fixed", "a required parameter is given by the caller");
        Contradicts(parameter && field.Immutable, "immutable", "a parameter has no state to keep");
        Contradicts(field.Logic && field.As is not View.Filter && !(partial && field.As is null), "logic", "only a filter (\"as\": \"filter\") has logic");
        Contradicts(!parameter && value.Get("in") is not null, "in", "only a parameter of a method is carried somewhere");

        void Contradicts(bool holds, string key, string why)
        {
            if (holds)
                value.Report(RuleIds.SpecFlags, key, $"\"{key}\" contradicts the rest: {why}. Drop one.");
        }
    }
}
