using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bitrix24.Gen.Emulator;

/// <summary>Certificates for https on loopback.</summary>
internal static class Certificates
{
    /// <summary>Makes a certificate that signs itself, for localhost and its addresses.</summary>
    public static X509Certificate2 Create(TimeProvider clock)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost, O=Bitrix24.Gen emulator", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        // It signs nothing but itself: a client that trusts it trusts this one server.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(365));
        return Usable(made);
    }

    /// <summary>Reads certificate and private key from a PEM file; where there is no such file, makes one.</summary>
    public static X509Certificate2 ReadOrCreate(string path, TimeProvider clock)
    {
        if (File.Exists(path))
        {
            using var read = X509Certificate2.CreateFromPemFile(path);
            return Usable(read);
        }

        var made = Create(clock);
        using var key = made.GetRSAPrivateKey()!;
        // Never through a link that waits at the path.
        using var writer = new StreamWriter(new FileStream(path, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write)));
        writer.Write($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return made;
    }

    /// <summary>Windows' TLS takes no key that lives in memory only; through PKCS#12 it gets a place.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
