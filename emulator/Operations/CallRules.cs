using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Deliveries;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Operations;

/// <summary>Validates a call by the spec's rules and by what the portal keeps; the first that the server has an error for is answered.</summary>
internal sealed class CallRules(Portal portal)
{
    private const string Auth = "auth";
    private const string Verify = "verify";
    private const string TypeRule = "type";

    /// <summary>What servers do not get past, whether or not they have a code for it. Names that they do not know, they pass over.</summary>
    private static readonly string[] Refusable = ["required", "requiredIf", "oneOf", "type", "enum", "notFound", "reference", "condition", "minItems", "maxItems"];

    /// <summary>Servers get past these too, unless the page names the field.</summary>
    private static readonly string[] Lengths = ["minLength", "maxLength"];

    /// <summary>What is wrong with a value that a parameter or field has.</summary>
    private static readonly string[] OfValues = ["required", "type", "enum", .. Lengths];

    private readonly V3Fields _v3Fields = new(portal.Specs);
    private readonly StateRules _state = new(portal.Records, portal.Options.Lenient);
    private readonly RefusalRules _refusals = new(portal.Records, portal.Options.Lenient);

    /// <summary>The rules that the call breaks, in the server's order.</summary>
    public IReadOnlyList<SpecViolation> Validate(MethodCall call, SpecViolation? connection)
    {
        // References of a batch can nest parameters deeper than the reader goes.
        if (JsonReader.Read(call.Given.ToJsonString()).Root is not { } request)
            return [call.Violation(TypeRule, "", []) with { Code = SystemErrors.Argument.Code, Message = SystemErrors.Argument.Message }];
        var violations = SpecValidator.Validate(portal.Specs, call.Method, request).Concat(_refusals.Check(call)).Concat(_state.Check(call));
        if ((ListPage.Validate(call) ?? _v3Fields.Validate(call)) is { } refused)
            violations = violations.Append(refused);
        if (connection is not null)
            violations = violations.Append(connection);
        return SpecValidator.Sort(call.Method, [.. violations.Select(v => InWordsOfPage(call, v))]);
    }

    /// <summary>In REST 3.0 all rules have a code of the API; the page says which mistakes in a field have another one, and the text.</summary>
    private static SpecViolation InWordsOfPage(MethodCall call, SpecViolation violation)
    {
        if (call.Profile.Envelope.Style != EnvelopeKind.Bitrix24V3)
            return violation;
        violation = UnknownProperties.Worded(call, violation);
        if (violation.Severity != RuleSeverity.Error || !OfValues.Contains(violation.Rule)
            || DocumentedErrors.Named(call, violation.Rule, violation.Path) is not { } error)
            return violation;
        return violation with
        {
            Code = error.Code,
            Message = ErrorText.Filled(error.Message, FieldOf(violation), JsonValues.Text(call.Member(violation.Path)), violation.Field is { } field ? TypeWord(field) : null) ?? violation.Message,
        };
    }

    /// <summary>What REST 3.0 calls a type in its errors.</summary>
    private static string TypeWord(FieldSpec field) => field.Type.Kind switch
    {
        TypeKind.Int or TypeKind.Long => "int",
        TypeKind.Double or TypeKind.Decimal => "float",
        TypeKind.Bool or TypeKind.YesNo => "bool",
        TypeKind.Date or TypeKind.DateTime => "DateTime",
        TypeKind.Array or TypeKind.Map or TypeKind.Named or TypeKind.Json => "array",
        _ => "string",
    };

    /// <summary>The refusal of a caller who may not call the method.</summary>
    public Failure? RefuseCaller(MethodCall call)
    {
        if ((call.Caller.ByWebhook ? call.Method.AllowWebhook : call.Method.AllowApplication) && IsAllowed(call))
            return null;
        var violation = call.Violation(Auth, "", []);
        if (violation.Code is null && call.Caller.ByWebhook && !call.Method.AllowWebhook)
        {
            var wrong = SystemErrors.WrongAuthType;
            return call.Method.Errors.FirstOrDefault(e => e.Code == wrong.Code) is { } said ? wrong with { Message = said.Message ?? wrong.Message, Status = said.Status ?? wrong.Status } : wrong;
        }

        var denied = SystemErrors.AccessDenied;
        if (violation.Code is null && call.Method.Errors.FirstOrDefault(e => e.Code == denied.Code) is { } own)
            violation = violation with { Code = own.Code, Message = own.Message ?? denied.Message };
        if (!IsAllowed(call) && call.Profile.Envelope.Style != EnvelopeKind.Bitrix24V3 && !call.Method.Errors.Any(e => e.Code == denied.Code) && DocumentedErrors.Denied(call) is { } page)
            return new Failure(page.Code, page.Message ?? denied.Message, page.Status ?? call.Method.Failure.Status, call.Method.Failure.InResult && page.Status is null);
        // The profile's text for this code is about tariffs; a method that means the caller has one of its own or none.
        if (violation.Code is null || (violation.Code == denied.Code && !call.Method.Errors.Any(e => e.Code == denied.Code && e.Message is not null)))
            violation = violation with { Code = denied.Code, Message = denied.Message };
        return Refuse(call, [violation]) as Failure;
    }

    /// <summary>Whether the user may call the method. Who takes part in a chat, or made a record, the emulator does not ask.</summary>
    private static bool IsAllowed(MethodCall call) => call.Method.Access switch
    {
        Access.Administrator => call.Caller.Has(Caller.Administrator),
        Access.SectionAdministrator => call.Caller.Has($"{call.Method.Scope}.{Caller.Administrator}"),
        Access.Permission => call.Caller.Has(call.Method.Scope ?? "") || call.Caller.Has($"{call.Method.Scope}.{Caller.Administrator}"),
        _ => true,
    };

    /// <summary>The refusal, or null where the server lets the violations pass: it knows no error for them.</summary>
    public Answer? Refuse(MethodCall call, IReadOnlyList<SpecViolation> violations)
    {
        var stated = violations.FirstOrDefault(static v => v.Rule == RefusalRules.Rule);
        var refused = violations.FirstOrDefault(v => v.Code is not null && (stated is null || v == stated || !RefusalRules.IsAbout(call, stated, v.Path)));
        // What a state file refuses, the server looks at after the parameters themselves.
        if (refused?.Rule == RefusalRules.Rule && !IsCharted(call))
            refused = violations.TakeWhile(v => v != refused).FirstOrDefault(v => IsRefusable(call, v) && !RefusalRules.IsAbout(call, refused, v.Path)) ?? refused;
        if (refused is null && portal.Options.Strict)
            refused = violations.FirstOrDefault();
        if (refused is null && !portal.Options.Lenient && !IsCharted(call))
            refused = violations.FirstOrDefault(v => IsRefusable(call, v));
        if (refused is null)
            return null;
        if (refused.Code is null)
            return Uncoded(call, refused, violations);
        var code = refused.Code;
        var failure = call.Method.Failure;
        if (refused.Rule == RefusalRules.Rule)
            return _refusals.Answered(call, refused);
        // An error with a status of its own does not come from the method's own checks, and travels as the gateway's do.
        var status = call.Method.Errors.FirstOrDefault(e => e.Code == code)?.Status;
        return new Failure(code, refused.Message, status ?? failure.Status, failure.InResult && status is null);
    }

    private static bool IsRefusable(MethodCall call, SpecViolation violation) =>
        violation.Severity == RuleSeverity.Error && !IsMapOfOrder(call, violation)
        && (Refusable.Contains(violation.Rule) || (Lengths.Contains(violation.Rule) && DocumentedErrors.Named(call, violation.Rule, violation.Path) is not null))
        && (!violation.Path.Contains('.', StringComparison.Ordinal)
            || (call.Operation is not (Operation.Add or Operation.Upsert) && violation.Rule == "required"
                ? DocumentedErrors.IsNamed(call, violation.Rule, violation.Path)
                : DocumentedErrors.Speak(call, violation.Rule, violation.Path)));

    /// <summary>Lists with the direction as text take the order of other lists, names with directions, too: clients send it to all.</summary>
    private static bool IsMapOfOrder(MethodCall call, SpecViolation violation) =>
        violation.Rule == TypeRule && call.Operation == Operation.List && violation.Path.Equals("order", StringComparison.OrdinalIgnoreCase)
        && JsonValues.Member(call.Parameters, violation.Path) is JsonObject;

    /// <summary>
    /// The spec says of each rule what the server answers: what has no code there, the server lets pass. A file where no method has a
    /// code for a rule is not such a one: an error of a single field says nothing of the others.
    /// </summary>
    public static bool IsCharted(MethodCall call) =>
        HasCodes(call.Method)
        || (call.Specs.FindFile(call.Method.File, call.Method.Api) is { } file && file.Methods.Any(HasCodes)
            && (call.Method.Params.Any(static p => p.Errors.Count > 0) || file.Types.Any(static t => t.Errors.Count > 0 || t.Fields.Any(static f => f.Errors.Count > 0))));

    private static bool HasCodes(MethodSpec method) => method.CheckOrder.Count > 0 || method.RuleErrors.Count > 0;

    /// <summary>The refusal for a rule that no spec gives a code: the error of the method's page that speaks of such a mistake.</summary>
    private static Failure Uncoded(MethodCall call, SpecViolation violation, IReadOnlyList<SpecViolation> all)
    {
        if (IsCharted(call))
            return SystemErrors.Argument with { Message = violation.Message };
        var error = DocumentedErrors.For(call, violation.Rule, violation.Path, any: false);
        // What a state file says goes before an error of the page that speaks of something else.
        if ((error is null || !DocumentedErrors.IsAbout(call, error, violation.Rule, violation.Path)) && Said(call, violation) is { } said)
            return said with { Message = ErrorText.WithAll(said.Message, MissingBeside(violation, all)) };
        if ((error ?? DocumentedErrors.For(call, violation.Rule, violation.Path)) is { } documented)
        {
            var text = ErrorText.WithIndex(ErrorText.Filled(documented.Message, FieldOf(violation), JsonValues.Text(call.Member(violation.Path))), violation.Path);
            text = ErrorText.WithMissing(text, violation.Path.LastIndexOf('.') is > 0 and var dot ? call.Member(violation.Path[..dot]) : call.Parameters);
            text ??= Said(call, violation) is { } own && own.Code == documented.Code ? own.Message : violation.Message;
            text = ErrorText.WithAll(text, MissingBeside(violation, all), Said(call, violation)?.Message);
            return new Failure(ErrorText.Filled(documented.Code, FieldOf(violation), JsonValues.Text(call.Member(violation.Path))) ?? "", text,
                documented.Status ?? call.Method.Failure.Status, call.Method.Failure.InResult && (documented.Status ?? call.Method.Failure.Status) == call.Method.Failure.Status);
        }

        return violation.Rule is "notFound" or "reference"
            ? SystemErrors.NotFound with { Status = call.Method.Failure.Status }
            : SystemErrors.Argument with { Message = violation.Message };
    }

    /// <summary>All fields that are missing beside one that is, in their order.</summary>
    private static List<string> MissingBeside(SpecViolation violation, IReadOnlyList<SpecViolation> all) =>
        violation.Rule != "required" || violation.Path.LastIndexOf('.') is not (> 0 and var dot) ? []
        : [.. all.Where(v => v.Rule == violation.Rule && v.Severity == RuleSeverity.Error && v.Path.LastIndexOf('.') == dot && v.Path.StartsWith(violation.Path[..dot], StringComparison.Ordinal))
            .Select(FieldOf).Distinct(StringComparer.Ordinal)];

    private static string FieldOf(SpecViolation violation) => violation.Path[(violation.Path.LastIndexOf('.') + 1)..];

    /// <summary>The error that a state file has for the rule.</summary>
    private static Failure? Said(MethodCall call, SpecViolation violation) => call.State.Errors?.GetValueOrDefault(violation.Rule) is JsonArray said
        ? new Failure(
            JsonValues.Text(said[0]) ?? "",
            ErrorText.Filled(JsonValues.Text(said.ElementAtOrDefault(1)), FieldOf(violation), JsonValues.Text(call.Member(violation.Path))) ?? violation.Message,
            (int?)said.ElementAtOrDefault(2) ?? call.Method.Failure.Status)
        : null;

    /// <summary>The error as the method documents it, or else as the API's profile does.</summary>
    public Failure Documented(MethodCall call, string code)
    {
        var own = call.Method.Errors.FirstOrDefault(e => e.Code == code);
        var system = own is null ? call.Profile.SystemErrors.FirstOrDefault(e => e.Code == code) : null;
        var failure = system is null ? call.Method.Failure : FailureSpec.TopLevel;
        var status = (own ?? system)?.Status;
        return new Failure(code, (own ?? system)?.Message ?? code, status ?? failure.Status, failure.InResult && status is null);
    }

    /// <summary>Asks whether the URL that the spec says to call answers; the violation if it does not.</summary>
    public async Task<SpecViolation?> CheckConnectionAsync(MethodCall call, CancellationToken cancellationToken)
    {
        if (call is not { Method.Verify: { } path, ViewType: { } type } || ConnectorCalls.CheckOf(portal) is not { } check)
            return null;
        JsonObject record;
        ConnectionAttempt? attempt;
        lock (portal.Records.Gate)
        {
            record = call.Target()?.ToJson() ?? [];
            foreach (var (name, value) in call.InputValue)
                record[name] = value?.DeepClone();
            attempt = Follow(call.Method.Name, type, record, path.Split('.'));
        }

        return attempt is null || await check(attempt, cancellationToken) ? null : call.Violation(Verify, "", []);
    }

    /// <summary>Follows references to the record that has the address; what was entered stands in the record that refers to it.</summary>
    private ConnectionAttempt? Follow(string method, RecordType type, JsonObject record, string[] steps)
    {
        var (holder, current) = (record, record);
        for (var i = 0; i < steps.Length - 1; i++)
        {
            var reference = type.Field(steps[i])?.References;
            if (portal.Records.Table(reference, type.Api) is not { } next || next.Find(Values.From(current[steps[i]])) is not { } target)
                return null;
            (type, holder, current) = (portal.Records.TypeOf(reference, type.Api)!, current, target.ToJson());
        }

        return JsonValues.Text(current[steps[^1]]) is { } url
            ? new ConnectionAttempt(method, url, record) { Connection = ConnectorCalls.Connection(holder, current) }
            : null;
    }
}
