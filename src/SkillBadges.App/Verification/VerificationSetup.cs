using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
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
        services.AddSingleton<OwnStatusLists>();
        services.AddSingleton(found => new CredentialVerifier(new(
            found.GetRequiredService<IDidResolver>(),
            found.GetRequiredService<OwnStatusLists>().FetchAsync,
            (issuer, cancellationToken) => KnownAsync(found, issuer, cancellationToken),
            found.GetRequiredService<TimeProvider>())));
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

/// <summary>Status lists of our own addresses come from the store, so that what was taken back a second ago is seen to be.</summary>
internal sealed class OwnStatusLists(StatusListPublisher publisher, InstanceAddress address, EgressClient others)
{
    public async ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!url.AbsoluteUri.StartsWith(address.BaseUrl + "/", StringComparison.Ordinal))
        {
            return await others.FetchAsync(url, cancellationToken);
        }

        if (url.AbsolutePath.Split('/') is not ["", "status", { Length: > 0 and <= 64 } list, var purpose] || StatusPurposes.FromTerm(purpose) is not { } known)
        {
            return Fetched.NotFound;
        }

        try
        {
            // A change that waits for its turn to be published is published now.
            await publisher.PublishAsync(StatusListId.From(list), cancellationToken);
            var published = await publisher.GetAsync(StatusListId.From(list), known, cancellationToken);
            return Fetched.Found(System.Text.Encoding.UTF8.GetBytes(published.Form(SignedForm.VcJwtEs256)!.Text));
        }
        catch (Core.RefusedException refusal) when (refusal.Kind == Core.RefusalKind.NotFound)
        {
            return Fetched.NotFound;
        }
    }
}
