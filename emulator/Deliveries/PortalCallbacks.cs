using Bitrix24.Gen.Emulator.Auth;
using Bitrix24.Gen.Emulator.Records;
using Bitrix24.Gen.Emulator.Rest;
using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Emulator.Deliveries;

/// <summary>Calls the addresses that an application registered, checks what it answers, and takes its replies.</summary>
internal sealed class PortalCallbacks(Portal portal, HandlerClient client, Func<JsonObject> auth)
{
    private const string Auth = "auth";
    private const string Default = "default";
    private const string SentAt = "ts";

    private readonly object _gate = new();
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly List<CallbackReply> _replies = [];

    public CallbackAddresses Addresses { get; } = new(portal.Records);

    public IReadOnlyList<CallbackReply> Replies
    {
        get
        {
            lock (_gate)
                return [.. _replies];
        }
    }

    /// <summary>Calls a callback.</summary>
    /// <param name="name">Its name in the specs.</param>
    /// <param name="parameters">What to send; what the portal itself adds may be left out.</param>
    /// <param name="key">The code or id of the registration, null: the latest; the address, where no method registers one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">There is no such callback, or nobody registered an address.</exception>
    public Task<CallbackOutcome> CallAsync(string name, JsonObject parameters, string? key, CancellationToken cancellationToken) =>
        SendAsync(Prepare(name, parameters, key), cancellationToken);

    /// <summary>Makes the request of a callback, with what the portal itself adds.</summary>
    /// <inheritdoc cref="CallAsync"/>
    public PreparedCallback Prepare(string name, JsonObject parameters, string? key)
    {
        var spec = Addresses.Find(name) ?? throw new InvalidOperationException($"No spec has a callback \"{name}\"; there are {string.Join(", ", Addresses.Names)}.");
        if (spec.Method is null && key is null)
            throw new InvalidOperationException($"No method registers the address of {name}: give it as the key.");
        var registered = spec.Method is null
            ? new(key!, [])
            : Addresses.Find(spec, key) ?? throw new InvalidOperationException($"Nobody registered {spec.Field} of {name}{(key is null ? "" : $" under \"{key}\"")}; {spec.Method} does.");
        var request = Complete(spec, (JsonObject)parameters.DeepClone(), registered, out var token);
        return new(spec, registered.Url, request, token);
    }

    /// <summary>Sends a prepared request and checks the answer.</summary>
    public async Task<CallbackOutcome> SendAsync(PreparedCallback call, CancellationToken cancellationToken)
    {
        IReadOnlyList<CallFinding> findings = [];
        var answer = await client.PostAsync(call.Spec, call.Url, call.Request, a => findings = Check(call.Spec, a), cancellationToken);
        return new(call.Spec.Name, answer.Status, answer.Body, call.Token, findings);
    }

    /// <summary>What is wrong with an answer.</summary>
    public IReadOnlyList<CallFinding> Check(CallbackSpec spec, HandlerAnswer answer)
    {
        if (!HandlerClient.IsGood(answer) || spec.Result is null)
            return [];
        var read = Specs.JsonReader.Read(answer.Body);
        if (read.Error is not null || read.Root is null)
            return [new(RuleIds.Type, "type", "", null, "The answer is no JSON.")];
        return [.. SpecValidator.ValidateAnswer(portal.Specs, SpecSet.DefaultApi, spec, read.Root)
            .Where(static v => v.Severity == RuleSeverity.Error)
            .Select(static v => new CallFinding(v.RuleId, v.Rule, v.Path, v.Code, v.Message))];
    }

    private const string Denied = "ACCESS_DENIED";

    /// <summary>Refuses a reply whose token the portal did not give out, or that was used; null: the method is no reply, or may go on.</summary>
    public Answer? Run(MethodSpec method, JsonObject parameters)
    {
        var replied = Addresses.RepliedBy(method.Name).FirstOrDefault();
        if ((replied is null ? Addresses.TokenOf(method) : replied.Token) is not { } member)
            return null;
        var token = parameters.Where(p => p.Key.Equals(member, StringComparison.OrdinalIgnoreCase)).Select(static p => JsonValues.Text(p.Value)).FirstOrDefault();
        lock (_gate)
        {
            // What tells of the work in progress leaves the token for the reply.
            if (replied is null && token is not null && _tokens.ContainsKey(token))
                return null;
            if (token is null || !_tokens.Remove(token, out var callback))
            {
                var error = method.Errors.FirstOrDefault(static e => e.Code == Denied) ?? method.Errors.FirstOrDefault();
                return error is null ? new Failure(Denied, "Access denied!", 403) : new Failure(error.Code, error.Message ?? error.Code, error.Status ?? 403);
            }

            _replies.Add(new(callback, token, parameters.ToJsonString()));
            return new Success(true);
        }
    }

    // What goes with every request of the kind, unless the caller gave it.
    private JsonObject Complete(CallbackSpec spec, JsonObject request, Registration registered, out string? token)
    {
        token = null;
        var fields = spec.Request is { } type ? portal.Specs.ResolveType(type)?.Fields ?? default : default;
        if (spec.Token is { } member)
        {
            token = JsonValues.Text(request[member]) ?? PortalAccounts.RandomToken(32);
            request[member] = token;
            lock (_gate)
                _tokens[token] = spec.Name;
        }

        foreach (var field in fields)
            FromRegistration(field, request, registered.Parameters);
        if (request[SentAt] is null && fields.Any(static f => f.Name == SentAt))
            request[SentAt] = portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        if (spec.Signed)
            request[Auth] = auth();
        return request;
    }

    /// <summary>What the application said when it registered goes along: its code, its kind, and the defaults of properties that have no value.</summary>
    private static void FromRegistration(FieldSpec field, JsonObject request, JsonObject registered)
    {
        var said = JsonValues.Member(registered, field.Name);
        if (said is JsonValue && request[field.Name] is null && field.Type.Kind != TypeKind.Map)
        {
            request[field.Name] = said.DeepClone();
        }
        else if (said is JsonObject descriptions && field.Type.Kind == TypeKind.Map)
        {
            if (request[field.Name] is not JsonObject values)
                request[field.Name] = values = [];
            foreach (var (name, description) in descriptions)
            {
                if (!values.ContainsKey(name) && description is JsonObject members && JsonValues.Member(members, Default) is { } value)
                    values[name] = value.DeepClone();
            }
        }
    }
}

/// <summary>A request of a callback that is ready to be sent.</summary>
/// <param name="Spec">The callback.</param>
/// <param name="Url">Where to.</param>
/// <param name="Request">What is sent.</param>
/// <param name="Token">What the application's reply has to carry; null: the callback takes none.</param>
internal sealed record PreparedCallback(CallbackSpec Spec, string Url, JsonObject Request, string? Token)
{
    /// <summary>Names the callback; prints neither the token nor the request that has it.</summary>
    public override string ToString() => $"PreparedCallback({Spec.Name}, ***)";
}
