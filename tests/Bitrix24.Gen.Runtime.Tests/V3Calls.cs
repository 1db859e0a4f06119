using System.Buffers;
using System.Text.Json;
using Bitrix24.Infrastructure;

namespace Bitrix24.Gen.Runtime.Tests;

/// <summary>Calls of REST 3.0, written by hand.</summary>
internal static class V3Calls
{
    public static readonly ApiDescriptor Api = new() { Envelope = EnvelopeKind.Bitrix24V3 };

    public static readonly MethodDescriptor AddMethod = new("tasks.task.add", static () => []) { Api = Api, OpenParameters = true };

    public static readonly MethodDescriptor List = new("tasks.task.list", static () => [new("filter", ValueKind.Object, FieldFlags.Conditions) { As = View.Filter }])
    {
        Api = Api,
        OpenParameters = true,
        Idempotency = Idempotency.Read,
        Paging = Paging.Offset,
        ResultPath = "items",
    };

    public static RawRequest Add() => new(AddMethod, static writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("fields"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public static Task Answer(Microsoft.AspNetCore.Http.HttpContext context, string body) => LoopbackServer.Answer(
        context,
        "{\"result\":[" + string.Join(',', Enumerable.Repeat("{\"item\":{\"id\":1}}", JsonDocument.Parse(body).RootElement.GetArrayLength())) + "]}");
}

internal sealed class TaskList() : ListRequest<int, NoFields, NoFields, NoFields>(
    V3Calls.List, static (ref FieldReader reader) => JsonRead.List(ref reader, JsonRead.Int))
{
    protected override void WriteFields(ref FieldWriter writer) => writer.Filter(0, Bitrix24.Filter.Raw("@id", [5]));
}

/// <summary>A call by id that answers an item's id.</summary>
internal sealed class Get(string method, Idempotency idempotency = Idempotency.Read, string path = "item", ApiDescriptor? api = null) : IBitrix24Request<int>
{
    public MethodDescriptor Method { get; } = new(method, static () => [])
    {
        Api = api ?? V3Calls.Api,
        OpenParameters = true,
        Idempotency = idempotency,
        ResultPath = path,
    };

    public void WriteParameters(IBufferWriter<byte> buffer) => buffer.Write("""{"id":1}"""u8);

    public int ReadResult(ref FieldReader reader) => JsonRead.Json(ref reader).GetProperty("id").GetInt32();
}
