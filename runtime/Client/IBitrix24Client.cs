using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Bitrix24;

/// <summary>
/// What every client does, whatever areas it has. <c>[Bitrix24Client(…, Interfaces = true)]</c> generates an interface for the
/// client, which extends this one, and one for each of its areas: code takes these, and a test implements what it calls.
/// </summary>
public interface IBitrix24Client
{
    /// <inheritdoc cref="Bitrix24Client.SendAsync{T}(IBitrix24Request{T}, CancellationToken)"/>
    Task<T> SendAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Bitrix24Client.SendForResponseAsync{T}(IBitrix24Request{T}, CancellationToken)"/>
    Task<Bitrix24Response<T>> SendForResponseAsync<T>(IBitrix24Request<T> request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Bitrix24Client.CallAsync(string, CancellationToken)"/>
    Task<JsonElement> CallAsync(string method, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Bitrix24Client.CallAsync(string, object?, CancellationToken)"/>
    [RequiresUnreferencedCode("Properties of the object are found by reflection; use the overload for JsonNode or a dictionary.")]
    [RequiresDynamicCode("Properties of the object are found by reflection; use the overload for JsonNode or a dictionary.")]
    Task<JsonElement> CallAsync(string method, object? parameters, CancellationToken cancellationToken = default);

    /// <summary>Begins a batch; that of a fake sends its calls to the fake one by one.</summary>
    Bitrix24Batch CreateBatch() => Bitrix24Batch.Of(this);

    /// <summary>Begins a batch of REST 3.0; that of a fake sends its calls to the fake one by one.</summary>
    V3Batch CreateV3Batch() => V3Batch.Of(this);
}
