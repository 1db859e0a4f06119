using System.Buffers;
using System.Text.Json.Nodes;
using Bitrix24.Infrastructure;

namespace Bitrix24;

/// <summary>Calls that are sent together. Calls that refer to each other are in the same request.</summary>
public abstract class CallBatch
{
    private readonly List<BatchItem> _items = [];
    private int _sending;

    private readonly Bitrix24Client? _client;
    private readonly IBitrix24Client? _double;

    private protected CallBatch(Bitrix24Client client, EnvelopeKind envelope) => (_client, Envelope) = (client, envelope);

    private protected CallBatch(IBitrix24Client testDouble, EnvelopeKind envelope)
    {
        ArgumentNullException.ThrowIfNull(testDouble);
        (_double, Envelope) = (testDouble, envelope);
    }

    /// <summary>The calls, in the order in which they were added.</summary>
    public IReadOnlyList<BatchItem> Items => _items;

    private protected Bitrix24Client Client => _client!;

    private protected EnvelopeKind Envelope { get; }

    /// <summary>Adds a call as it is now: a later change of the request is not sent.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="request">The call.</param>
    /// <param name="bind">Takes parameters from the answers of earlier calls.</param>
    /// <exception cref="ArgumentException">The call is of another API than the batch.</exception>
    /// <exception cref="Bitrix24ValidationException">The call breaks rules of the spec, or is not allowed in a batch.</exception>
    public BatchItem<T> Add<T>(IBitrix24Request<T> request, Action<BatchBindings>? bind = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Method.Api.Envelope != Envelope)
            throw new ArgumentException(WrongApi(request.Method), nameof(request));
        var item = new BatchItem<T>(this, _items.Count, request);
        bind?.Invoke(new(item));
        item.Freeze();
        if (_client is not null)
            _client.ValidateBatchItem(item);
        else
            Bitrix24Client.Refuse(request.Method, CallValidator.Validate(item, request.Method.Access));
        item.Command = Encode(item);
        foreach (var (_, reference) in item.Bindings)
            reference.Item.IsReferenced = true;
        _items.Add(item);
        return item;
    }

    /// <summary>
    /// Sends the calls that have not been sent yet. An exception means that a whole request failed: calls of earlier
    /// requests keep their outcome, those of later ones were not sent, and go with the next call of this method.
    /// </summary>
    /// <param name="cancellationToken">Cancels the batch.</param>
    /// <exception cref="InvalidOperationException">More calls refer to each other than the server takes in one request, or the batch is being sent already; nothing was sent.</exception>
    /// <exception cref="Bitrix24Exception">A request failed.</exception>
    public async Task SendAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _sending, 1) != 0)
            throw new InvalidOperationException("The batch is being sent already: its calls would be executed twice.");
        try
        {
            var pending = _items.FindAll(static i => i.Outcome == BatchOutcome.Pending);
            if (pending.Count == 0)
                return;
            foreach (var part in BatchPlan.Of(pending, pending.Min(static i => i.Request.Method.Api.BatchLimit)))
            {
                if (IsHalted)
                    part.Items.ForEach(static i => i.Skip());
                else
                    await SendPartAsync(part, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _sending, 0);
        }
    }

    private protected virtual bool IsHalted => false;

    /// <summary>A call as the batch writes it; null: the batch cannot carry it.</summary>
    private protected abstract string? Encode(BatchItem item);

    private protected abstract Task SendCommandsAsync(List<BatchItem> items, CancellationToken cancellationToken);

    /// <summary>An error that is answered to a whole request is one of the request, and none of its calls was executed.</summary>
    private protected abstract bool ErrorIsOfRequest { get; }

    /// <summary>An error of a call is its own, and does not end the batch.</summary>
    private protected abstract bool ErrorIsOfItem { get; }

    private string WrongApi(MethodDescriptor method) => (Envelope, method.Api.Envelope) switch
    {
        (EnvelopeKind.Bitrix24, EnvelopeKind.Bitrix24V3) => $"{method.Name} is of REST 3.0; put it into a batch of CreateV3Batch.",
        (EnvelopeKind.Bitrix24V3, EnvelopeKind.Bitrix24) => $"{method.Name} is not of REST 3.0; put it into a batch of CreateBatch.",
        _ => $"{method.Name} is of another API than the batch; send it alone.",
    };

    private async Task SendPartAsync(BatchPart part, CancellationToken cancellationToken)
    {
        var items = part.Items;
        try
        {
            if (_double is not null)
                await AnswerAsync(items, _double, cancellationToken).ConfigureAwait(false);
            else if (part.IsAlone)
                await SendAloneAsync(items[0], cancellationToken).ConfigureAwait(false);
            else
                await SendCommandsAsync(items, cancellationToken).ConfigureAwait(false);
        }
        catch (Bitrix24Exception e)
        {
            // Calls that were done before others went again stay done.
            foreach (var item in items.Where(static i => i.Outcome == BatchOutcome.Pending || i.IsRefused))
            {
                if (IsKnownFailure(e, items.Count == 1))
                    item.Fail(e);
                else
                    item.Lose(e);
            }

            if (!(part.IsAlone && ErrorIsOfItem && e is Bitrix24ApiException))
                throw;
        }
        // What was not sent stays pending, for the next SendAsync.
        catch (Exception e) when (e is not (UnsentException or ObjectDisposedException))
        {
            foreach (var item in items.Where(static i => i.Outcome == BatchOutcome.Pending || i.IsRefused))
                item.Lose(null);
            throw;
        }
    }

    /// <summary>Lets a test double answer the calls, one by one, as the server would.</summary>
    private async Task AnswerAsync(List<BatchItem> items, IBitrix24Client testDouble, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            try
            {
                if (IsHalted)
                    item.Skip();
                else
                    await item.AnswerAsync(testDouble, cancellationToken).ConfigureAwait(false);
            }
            catch (Bitrix24Exception e) when (ErrorIsOfItem && e is Bitrix24ApiException or Bitrix24ProtocolException)
            {
                item.Fail(e);
            }
            catch (Bitrix24Exception e) when (!ErrorIsOfItem)
            {
                items.ForEach(i => i.Lose(e));
                throw;
            }
        }
    }

    private Task SendAloneAsync(BatchItem item, CancellationToken cancellationToken)
    {
        var parameters = item.Parameters;
        if (item.Bindings.Count > 0)
        {
            var values = JsonNode.Parse(parameters.Span) as JsonObject ?? [];
            foreach (var (path, reference) in item.Bindings)
            {
                if (BatchValues.Take(reference, reference.Item.Answered) is not { } value)
                {
                    item.Fail(new Bitrix24ProtocolException($"{item.Request.Method.Name} was not sent: {reference.Item.Request.Method.Name} did not answer '{reference}'")
                    {
                        Method = item.Request.Method.Name,
                    });
                    return Task.CompletedTask;
                }

                BatchValues.Put(values, path, value);
            }

            var buffer = new ArrayBufferWriter<byte>();
            JsonBodyWriter.Write(buffer, values, static (writer, values) => values.WriteTo(writer));
            parameters = buffer.WrittenMemory;
        }

        return Client.SendAloneAsync(item, parameters, cancellationToken);
    }

    /// <summary>The server certainly did none of the calls.</summary>
    private bool IsKnownFailure(Bitrix24Exception error, bool isAlone) => error switch
    {
        Bitrix24LimitException => true,
        Bitrix24ConnectionException connection => !connection.MayHaveBeenExecuted,
        Bitrix24ApiException api => Faults.Of(api, stopsHalfWay: !isAlone && !ErrorIsOfRequest) is CallFault.RateLimit or CallFault.OperatingLimit
            || ((int)api.Status < 500 && (isAlone || ErrorIsOfRequest)),
        _ => false,
    };
}

/// <summary>A request of a batch was cancelled before the portal could execute it.</summary>
internal sealed class UnsentException(CancellationToken cancellationToken) : TaskCanceledException("The batch was cancelled.", null, cancellationToken);
