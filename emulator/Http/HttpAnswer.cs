using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Bitrix24.Gen.Emulator.Http;

/// <summary>An answer ready for the wire.</summary>
internal sealed record HttpAnswer(int Status, string Body, string ContentType = HttpAnswer.Json)
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Answers may be nested as deep as requests, and the envelope comes on top.</summary>
    private static readonly JsonSerializerOptions RelaxedNodes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    private const int MaxDepth = 1000;

    /// <summary>How answers are written.</summary>
    public static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_shared;

    /// <summary>Where the client is sent; kept as the header takes it: ASCII, the host in punycode.</summary>
    public string? Location
    {
        get;
        init => field = value is not null && Uri.TryCreate(value, UriKind.Absolute, out var address) ? Ascii(address) : value;
    }

    /// <summary>The body as bytes, instead of <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Pages of other origins may read it, as they may a portal's.</summary>
    public bool SharedWithOrigins { get; init; } = true;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static HttpAnswer Of(int status, JsonNode body) => new(status, body.ToJsonString(RelaxedNodes));

    /// <summary>An answer that is written without a tree of nodes.</summary>
    public static HttpAnswer Of(int status, Action<Utf8JsonWriter> write) => new(status, "") { Content = Bytes(write) };

    /// <summary>What is written, as bytes. Each thread has one buffer.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        const int Kept = 1024 * 1024;
        if (t_shared is not { } tools)
        {
            var buffer = new ArrayBufferWriter<byte>();
            t_shared = tools = (buffer, new Utf8JsonWriter(buffer, Relaxed));
        }

        try
        {
            write(tools.Writer);
            tools.Writer.Flush();
            return tools.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            tools.Writer.Reset();
            tools.Buffer.ResetWrittenCount();
            if (tools.Buffer.Capacity > Kept)
                t_shared = null;
        }
    }

    /// <summary>The answer, with a mark where nothing is behind it but the documented form.</summary>
    public HttpAnswer Marked(Rest.Success success) => success.ShapeOnly ? this with { Headers = [.. Headers, ("X-Emulator", "shape-only")] } : this;

    /// <summary>Sends the answer, or what the fault leaves of it.</summary>
    public async Task SendAsync(HttpContext context, Fault? fault)
    {
        var response = context.Response;
        var bytes = Content ?? Encoding.UTF8.GetBytes(Body);
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.Headers.XContentTypeOptions = "nosniff";
        if (SharedWithOrigins)
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers.AccessControlAllowHeaders = "origin, content-type, accept";
        }

        if (Location is not null)
            response.Headers.Location = Location;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        if (fault is { TruncatesGzip: true })
        {
            bytes = Half(Compress(bytes));
            response.Headers.ContentEncoding = "gzip";
        }
        else if (fault is { Breaks: true })
        {
            bytes = Half(bytes);
        }

        if (Status == 204)
        {
            response.ContentType = null;
            return;
        }

        response.ContentLength = bytes.Length;
        if (fault is { Truncates: true })
        {
            await response.Body.WriteAsync(Half(bytes), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static string Ascii(Uri address) =>
        address.HostNameType == UriHostNameType.Dns && address.Host != address.IdnHost
            ? new UriBuilder(address) { Host = address.IdnHost }.Uri.AbsoluteUri
            : address.AbsoluteUri;

    private static ReadOnlyMemory<byte> Half(ReadOnlyMemory<byte> bytes) => bytes[..(bytes.Length / 2)];

    private static byte[] Compress(ReadOnlyMemory<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes.Span);
        return buffer.ToArray();
    }
}
