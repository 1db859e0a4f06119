namespace Bitrix24.Gen.Emulator;

/// <summary>The file that clients have to trust: the one that was named, or one in a folder that is only this user's and goes with the program.</summary>
internal sealed class CertificateFile : IDisposable
{
    private readonly DirectoryInfo? _folder;

    private CertificateFile(string? path, DirectoryInfo? folder) => (Path, _folder) = (path, folder);

    /// <summary>Null: the portal speaks http.</summary>
    public string? Path { get; }

    public static CertificateFile Of(PortalEmulator portal, string? named)
    {
        if (portal.Certificate is not { } certificate || named is not null)
            return new CertificateFile(named, null);
        // A name that nobody can guess, and nobody else can write to: no link can wait there.
        var folder = Directory.CreateTempSubdirectory("b24-emulator-");
        var path = System.IO.Path.Combine(folder.FullName, "portal.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return new CertificateFile(path, folder);
    }

    public void Dispose() => _folder?.Delete(recursive: true);
}
