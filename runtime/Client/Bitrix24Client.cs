using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>
/// A portal's client. Write a partial class with <see cref="Bitrix24ClientAttribute"/>; the generator derives it from
/// this one and adds the methods of the areas named there.
/// </summary>
public abstract partial class Bitrix24Client : IBitrix24Client, IDisposable
{
    private readonly Bitrix24Credentials _credentials;
    private readonly Bitrix24ClientOptions _options;
    private readonly HttpTransport _transport;
    private readonly CallPipeline _pipeline;
    private bool _disposed;

    /// <summary>Makes a client.</summary>
    /// <param name="credentials">Who calls which portal.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    protected Bitrix24Client(Bitrix24Credentials credentials, Bitrix24ClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
        _options = options ?? new();
        if (_options.Problem is { } problem)
            throw new ArgumentException(problem, nameof(options));
        _transport = new(_options);
        _pipeline = new(credentials, _transport, _options);
    }

    /// <summary>Calls a method.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Bitrix24ValidationException">The request breaks rules of the spec; nothing was sent.</exception>
    /// <exception cref="Bitrix24ApiException">The server refused.</exception>
    /// <exception cref="Bitrix24ConnectionException">No answer arrived.</exception>
    /// <exception cref="Bitrix24ProtocolException">The answer could not be understood.</exception>
    public async Task<T> SendAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default) =>
        (await SendForResponseAsync(request, cancellationToken).ConfigureAwait(false)).Result;

    /// <summary>Calls a method; answers all that came around the value too.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <remarks>
    /// All methods of the client, typed and raw, call this one. A test that needs no portal overrides it; lists go through
    /// <see cref="ListAsync"/>.
    /// </remarks>
    public virtual Task<Bitrix24Response<T>> SendForResponseAsync<T>(
        IBitrix24Request<T> request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return SendAsync(request, digest: false, cancellationToken);
    }

    /// <summary>Describes the client without its secret.</summary>
    public override string ToString() => $"{GetType().Name}({_credentials})";

    /// <summary>Disposes the client. Calls in progress continue.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the client.</summary>
    /// <param name="disposing">Called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing) => _disposed = true;

    /// <summary>What is known of a method; raw calls of known methods are checked before they are sent.</summary>
    /// <param name="name">The method's name.</param>
    protected virtual MethodDescriptor? FindMethod(string name) => null;

    /// <summary>What is known of a method of REST 3.0.</summary>
    /// <param name="name">The method's name.</param>
    protected virtual MethodDescriptor? FindV3Method(string name) => null;

    internal async Task<Bitrix24Response<T>> SendAsync<T>(IBitrix24Request<T> request, bool digest, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var body = new PooledBuffer();
        if (_options.ValidateBeforeSending)
        {
            Refuse(request.Method, CallValidator.Write(request, body, _credentials.Access));
            if (request is RawRequest { Batch: { } batch })
                Refuse(request.Method, batch.Validate(body.Memory, _credentials.Access));
        }
        else
        {
            request.WriteParameters(body);
        }

        var call = new Call(request.Method, _credentials.Caller) { Permits = _credentials.PermitsOf(request.Method, body.Memory) };
        var answered = await _pipeline.SendAsync(call, Attempt, cancellationToken).ConfigureAwait(false);
        // A request that failed may still be on its way: its buffer is not used again.
        body.Dispose();
        return answered;

        async Task<Bitrix24Response<T>> Attempt(CancellationToken token)
        {
            using var answer = await _transport.SendAsync(call, _credentials, body.Memory, token).ConfigureAwait(false);
            var response = Read(request, answer, digest);
            _pipeline.Limits.Record(request.Method.Name, _credentials.Caller, response.Time, _options.OperatingLimit);
            return response;
        }
    }

    private static Bitrix24Response<T> Read<T>(IBitrix24Request<T> request, RawAnswer answer, bool digest)
    {
        try
        {
            return EnvelopeReader.Read(request, answer, digest);
        }
        catch (Bitrix24ApiException e)
        {
            e.Note(request.Method);
            throw;
        }
    }

    internal static void Refuse(MethodDescriptor method, IReadOnlyList<Violation> violations)
    {
        if (violations.Any(CallValidator.Blocks))
            throw new Bitrix24ValidationException(method.Name, violations);
    }
}
