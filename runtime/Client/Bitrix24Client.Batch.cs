namespace Bitrix24;

public abstract partial class Bitrix24Client
{
    /// <summary>Creates a batch: calls that are sent together, 50 in a request.</summary>
    /// <remarks>A test that needs no portal overrides it with <see cref="Bitrix24Batch.Of"/>.</remarks>
    public virtual Bitrix24Batch CreateBatch() => new(this);

    /// <summary>Creates a batch of REST 3.0; each of its requests succeeds or fails as a whole.</summary>
    /// <remarks>A test that needs no portal overrides it with <see cref="V3Batch.Of"/>.</remarks>
    public virtual V3Batch CreateV3Batch() => new(this);

    internal void ValidateBatchItem(BatchItem item)
    {
        if (_options.ValidateBeforeSending)
            Refuse(item.Request.Method, CallValidator.Validate(item, _credentials.Access));
    }

    /// <summary>Sends a request of a batch; calls that the portal refused for its limits go again, later.</summary>
    internal async Task SendBatchAsync(IBatchRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var start = _options.TimeProvider.GetTimestamp();
        // What is refused to the end keeps the refusal as its outcome.
        for (var next = request; next is not null; next = Waited() < _options.MaxLimitWait ? next.Refused() : null)
        {
            foreach (var item in next.Items.Where(static i => i.IsRefused))
                _pipeline.Limits.Block(item.Request.Method.Name, _credentials.Caller, null);
            await SendOnceAsync(next, cancellationToken).ConfigureAwait(false);
        }

        TimeSpan Waited() => _options.TimeProvider.GetElapsedTime(start);
    }

    /// <summary>Sends a call of a batch in a request of its own.</summary>
    internal async Task SendAloneAsync(BatchItem item, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var method = item.Request.Method;
        var call = new Call(method, _credentials.Caller);
        await SendCancellableAsync(call, Attempt, cancellationToken).ConfigureAwait(false);

        async Task<bool> Attempt(CancellationToken token)
        {
            using var answer = await _transport.SendAsync(call, _credentials, parameters, token).ConfigureAwait(false);
            var response = EnvelopeReader.Read(new RawRequest(method, static _ => { }), answer);
            (item.Time, item.Next, item.Total) = (response.Time, response.Next, response.Total);
            item.Take(response.Result, answer);
            _pipeline.Limits.Record(method.Name, _credentials.Caller, response.Time, _options.OperatingLimit);
            return true;
        }
    }

    private async Task SendCancellableAsync(Call call, Func<CancellationToken, Task<bool>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(call, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.MayBeExecuted)
        {
            throw new UnsentException(cancellationToken);
        }
        catch (ObjectDisposedException e) when (call.MayBeExecuted)
        {
            throw new Bitrix24ConnectionException(call.Name, "the client or a service of it was disposed before the answer was read", true, e);
        }
    }

    private async Task SendOnceAsync(IBatchRequest request, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer();
        request.WriteParameters(body);
        var call = new Call(request.Method, _credentials.Caller, request.Methods) { StopsHalfWay = request.StopsHalfWay };
        await SendCancellableAsync(call, Attempt, cancellationToken).ConfigureAwait(false);
        // A request that failed may still be on its way: its buffer is not used again.
        body.Dispose();

        async Task<bool> Attempt(CancellationToken token)
        {
            using var answer = await _transport.SendAsync(call, _credentials, body.Memory, token).ConfigureAwait(false);
            var response = EnvelopeReader.Read(request, answer);
            request.Distribute(response.Result, answer);
            _pipeline.Limits.Record(request, _credentials.Caller, response.Time, _options.OperatingLimit);
            return true;
        }
    }
}
