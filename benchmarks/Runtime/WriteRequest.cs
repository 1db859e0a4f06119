using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bitrix24.BiConnector;
using Bitrix24.Infrastructure;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>Writes a dataset.add request of 12 fields into a buffer that is used again.</summary>
public class WriteRequest
{
    private static readonly JsonSerializerSettings NewtonsoftSettings = new()
    {
        ContractResolver = new CamelCasePropertyNamesContractResolver(),
        NullValueHandling = NullValueHandling.Ignore,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly PooledBuffer _pooled = new();
    private readonly DatasetAddBody _body = Payload.Body();
    private readonly IBitrix24Request _request = new DatasetAddRequest
    {
        Fields = new()
        {
            SourceId = 3,
            Name = "sales_2026",
            Description = "Orders of 2026",
            ExternalName = "Sales",
            ExternalCode = "sales",
            Fields = [.. Enumerable.Range(0, 12).Select(static i => new DatasetFieldCreate { Type = DatasetFieldType.Int, Name = Payload.Name(i), ExternalCode = Payload.Name(i) })],
        },
    };

    public WriteRequest() => _writer = new(_buffer);

    [Benchmark(Baseline = true)]
    public long SystemTextJsonSourceGenerated()
    {
        Restart();
        JsonSerializer.Serialize(_writer, _body, RowContext.Default.DatasetAddBody);
        return _writer.BytesCommitted;
    }

    [Benchmark]
    public long SystemTextJsonReflection()
    {
        Restart();
        JsonSerializer.Serialize(_writer, _body, Payload.Reflection);
        return _writer.BytesCommitted;
    }

    [Benchmark]
    public int NewtonsoftJson() => JsonConvert.SerializeObject(_body, NewtonsoftSettings).Length;

    [Benchmark]
    public long Generated()
    {
        _buffer.ResetWrittenCount();
        _request.WriteParameters(_buffer);
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int GeneratedAndValidated()
    {
        _pooled.Clear();
        return CallValidator.Write(_request, _pooled, MethodAccess.Application).Count;
    }

    private void Restart()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
    }
}
