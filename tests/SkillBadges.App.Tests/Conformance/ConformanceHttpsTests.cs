using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Conformance;

public sealed class ConformanceHttpsTests
{
    [Fact]
    public async Task A_certificate_for_the_run_serves_https_and_can_be_trusted_by_name()
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-");
        try
        {
            var url = $"https://localhost:{FreePort()}";
            await using (var app = await TestApp.StartAsync(settings => settings with { IsConformance = true, Urls = [url], Address = InstanceAddress.Parse(url) }, folder))
            {
                string? presented = null;
                using var blind = new HttpClient(new SocketsHttpHandler
                {
                    SslOptions =
                    {
                        RemoteCertificateValidationCallback = (_, server, _, _) =>
                        {
                            presented = server?.GetCertHashString();
                            return presented is not null;
                        },
                    },
                }) { BaseAddress = app.BaseUrl };
                using var certificate = X509Certificate2.CreateFromPem(await blind.GetStringAsync(new Uri("/conformance/certificate.pem", UriKind.Relative)));
                using var trusting = new HttpClient(new SocketsHttpHandler
                {
                    SslOptions =
                    {
                        CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = app.Clock.GetUtcNow().LocalDateTime },
                    },
                }) { BaseAddress = app.BaseUrl };
                using var stranger = new HttpClient { BaseAddress = app.BaseUrl };

                using var answer = await trusting.GetAsync(new Uri("/conformance", UriKind.Relative));

                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal(presented, certificate.GetCertHashString());
                Assert.False(certificate.HasPrivateKey);
                await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri("/conformance", UriKind.Relative)));
            }

            Assert.DoesNotContain(folder.EnumerateFiles("*", SearchOption.AllDirectories), file => file.Extension is ".pem" or ".pfx" or ".crt");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
