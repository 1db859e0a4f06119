using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Bitrix24.BiConnector;
using Bitrix24.Infrastructure;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Bitrix24.Gen.Benchmarks.Runtime;

/// <summary>Reads an answer of 50 datasets.</summary>
public class ReadList
{
    private static readonly JsonSerializerSettings NewtonsoftSettings = new() { ContractResolver = new CamelCasePropertyNamesContractResolver() };
    private readonly byte[] _body = Payload.List();
    private readonly IBitrix24Request<IReadOnlyList<Dataset>> _request = new DatasetListRequest();

    [Benchmark(Baseline = true)]
    public int SystemTextJsonSourceGenerated() => JsonSerializer.Deserialize(_body, RowContext.Default.DatasetAnswer)!.Result.Count;

    [Benchmark]
    public int SystemTextJsonReflection() => JsonSerializer.Deserialize<DatasetAnswer>(_body, Payload.Reflection)!.Result.Count;

    [Benchmark]
    public int NewtonsoftJson() => JsonConvert.DeserializeObject<DatasetAnswer>(Encoding.UTF8.GetString(_body), NewtonsoftSettings)!.Result.Count;

    [Benchmark]
    public int Generated()
    {
        var reader = new FieldReader(_body);
        reader.Read();
        reader.Read();
        reader.Read();
        return _request.ReadResult(ref reader).Count;
    }

    /// <summary>The floor: a pass over the tokens that reads no value.</summary>
    [Benchmark]
    public int BareReader()
    {
        var reader = new Utf8JsonReader(_body);
        var tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }
}
