using Bitrix24.Descriptors;

namespace Bitrix24;

/// <summary>Judges the JSON of a call against what the spec says of its method.</summary>
internal static class RequestValidator
{
    public static IReadOnlyList<Violation> Validate(IBitrix24Request request)
    {
        using var body = new PooledBuffer();
        JsonBody.Write(body, request);
        return Validate(request.Method, body.Span, request.Method.Access);
    }

    public static IReadOnlyList<Violation> Validate(MethodDescriptor method, ReadOnlySpan<byte> parameters, MethodAccess access) =>
        [];
}
