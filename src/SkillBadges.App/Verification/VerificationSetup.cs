using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Presentations;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Verification;

/// <summary>
/// Hands the engine what it may reach: our own issuers and lists from the store, and others through the one guarded client. Known
/// issuers are the organizations of this instance and those that the operator lists.
/// </summary>
internal static class VerificationSetup
{
    public static void AddVerification(this IServiceCollection services)
    {
        services.AddSingleton<EgressClient>();
        services.AddSingleton<IDidResolver>(found =>
        {
            var settings = found.GetRequiredService<Settings>();
            var others = new DidResolver(found.GetRequiredService<EgressClient>().FetchAsync, [.. settings.IssuerOrigins.Where(origin => origin.StartsWith("http://", StringComparison.Ordinal))]);
            return new InstanceDidResolver(found.GetRequiredService<IssuerDocuments>(), settings.Address, others);
        });
        services.AddSingleton(found => new InstanceStatusLists(
            found.GetRequiredService<StatusListPublisher>(), found.GetRequiredService<InstanceAddress>(), found.GetRequiredService<EgressClient>().FetchAsync));
        services.AddSingleton(found => new VerifierPorts(
            found.GetRequiredService<IDidResolver>(),
            found.GetRequiredService<InstanceStatusLists>().FetchAsync,
            (issuer, cancellationToken) => KnownAsync(found, issuer, cancellationToken),
            found.GetRequiredService<TimeProvider>()));
        services.AddSingleton<InstanceVerifier>().AddSingleton<HeldCredentialCheck>().AddSingleton<PresentationWorkflow>();
    }

    private static async ValueTask<TrustedIssuer?> KnownAsync(IServiceProvider services, string issuer, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<Settings>();
        if (settings.KnownIssuers.Contains(issuer, StringComparer.Ordinal))
        {
            return new(issuer, []);
        }

        return settings.Address.SlugOf(issuer) is { Length: <= IndexValue.MaxTextBytes } slug
            && await services.GetRequiredService<IDocumentStore>().FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(slug), cancellationToken) is not null
            ? new(issuer, [])
            : null;
    }
}
