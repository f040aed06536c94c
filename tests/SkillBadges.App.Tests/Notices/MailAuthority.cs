using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SkillBadges.App.Tests.Notices;

/// <summary>A district's own certification authority.</summary>
internal sealed class MailAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;

    public MailAuthority()
    {
        var request = new CertificateRequest("CN=District mail authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-10), TimeProvider.System.GetUtcNow().AddDays(10));
    }

    public X509Certificate2Collection Roots => [root];

    /// <param name="address">The one the server is reached at.</param>
    /// <param name="isOver">Whether it ended yesterday.</param>
    public X509Certificate2 Certify(string address, bool isOver = false)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(root, now.AddDays(-5), now.AddDays(isOver ? -1 : 5), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(own);
    }

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
    }
}
