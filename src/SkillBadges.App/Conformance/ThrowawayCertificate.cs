using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SkillBadges.App.Conformance;

/// <summary>
/// A certificate for this machine's own names, made when a suite asks for https and gone with the process: its key is never written down. A suite trusts
/// it by name (the PEM is served) or does not look, as those of the W3C.
/// </summary>
internal sealed class ThrowawayCertificate : IDisposable
{
    private static readonly TimeSpan life = TimeSpan.FromDays(2);

    public ThrowawayCertificate(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost, O=SkillBadges conformance run", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        Value = request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + life);
    }

    public X509Certificate2 Value { get; }

    /// <summary>The certificate without its key.</summary>
    public string Pem => Value.ExportCertificatePem();

    public void Dispose() => Value.Dispose();
}
