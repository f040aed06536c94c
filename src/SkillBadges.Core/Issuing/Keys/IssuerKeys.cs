using System.Collections.Concurrent;
using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Issuing.Keys;

/// <summary>
/// The keys that organizations sign credentials with, and the manifests of the records that they let go: made when first needed, kept sealed, opened in
/// memory. Sessions have keys of their own. One instance lives as long as the process; what another process changes is noticed within <see cref="Fresh"/>.
/// </summary>
public sealed class IssuerKeys(Commits commits, KeyEncryptionKey vault, InstanceAddress address, TimeProvider clock) : IDisposable
{
    private const int RsaBits = 2048;

    private static readonly SignatureAlgorithm[] algorithms = [SignatureAlgorithm.RS256, SignatureAlgorithm.ES256, SignatureAlgorithm.EdDSA];

    /// <summary>How long keys are believed without a look at the store.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Stands in front of the signers of keys: for a signing device, or for a test of one that is away.</summary>
    public Func<ISigner, ISigner> Through { get; init; } = signer => signer;

    private readonly ConcurrentDictionary<OrganizationId, Opened> opened = new();
    private readonly SemaphoreSlim opening = new(1, 1);

    /// <summary>The active keys, made now if there are none. They may be stale: commits that use one require it (<see cref="SigningKey.Read"/>).</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, or <c>keys.wrong-key-file</c> when the key file is not the one they were sealed under.</exception>
    public async Task<SigningKeys> ActiveAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        if (FreshOf(organization) is { } known)
        {
            return known;
        }

        await opening.WaitAsync(cancellationToken);
        try
        {
            if (FreshOf(organization) is { } others)
            {
                return others;
            }

            var looked = clock.Now();
            var keys = opened.TryGetValue(organization, out var before) && await AreActiveAsync(before.Keys, organization, cancellationToken)
                ? before.Keys
                : await OpenAsync(organization, cancellationToken);
            opened[organization] = new(keys, looked);
            return keys;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Reads the keys anew next time: what was signed with them could not be stored.</summary>
    public void Forget(OrganizationId organization) => opened.TryRemove(organization, out _);

    /// <summary>New active keys; the old ones retire and stay published. For whoever has the data folder.</summary>
    /// <returns>The new keys' ids.</returns>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public Task<IReadOnlyList<string>> RotateAsync(OrganizationId organization, CancellationToken cancellationToken) => RotateAsync(organization, _ => { }, cancellationToken);

    /// <summary>As the other; <paramref name="also"/> adds to the same commit.</summary>
    public Task<IReadOnlyList<string>> RotateAsync(OrganizationId organization, Action<Changes> also, CancellationToken cancellationToken) =>
        ReplaceAsync(organization, (key, now) => key.Retire(now), also, cancellationToken);

    /// <summary>
    /// The bad day: somebody else may have held the keys since then. Every key that was in use at or after that instant is compromised, and new ones take
    /// over; <paramref name="also"/> adds to the same commit.
    /// </summary>
    /// <returns>The new keys' ids.</returns>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, or <c>keys.compromised-since</c> for an instant that is still to come.</exception>
    public Task<IReadOnlyList<string>> CompromiseAsync(OrganizationId organization, DateTimeOffset since, Action<Changes> also, CancellationToken cancellationToken) => since > clock.Now()
        ? throw Refused.Invalid("keys.compromised-since", "The instant since which the keys are compromised lies in the future.")
        : ReplaceAsync(organization, (key, now) => key.RetiredAt is { } end && end <= since ? key : key.Compromise(since, now), also, cancellationToken);

    /// <summary>Every key the organization ever had, oldest first.</summary>
    public async Task<IReadOnlyList<IssuerKey>> AllAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var keys = new List<IssuerKey>();
        await foreach (var key in commits.Store.AllAsync(IssuerKeyDocuments.Kind, IssuerKeyDocuments.ByOrganization.Where(organization.Value), cancellationToken))
        {
            keys.Add(key.Document);
        }

        return keys;
    }

    public void Dispose() => opening.Dispose();

    private SigningKeys? FreshOf(OrganizationId organization) => opened.TryGetValue(organization, out var known) && clock.Now() - known.LookedAt < Fresh ? known.Keys : null;

    private async Task<bool> AreActiveAsync(SigningKeys keys, OrganizationId organization, CancellationToken cancellationToken)
    {
        foreach (var key in keys.Keys)
        {
            var active = await commits.Store.FirstAsync(IssuerKeyDocuments.Kind, IssuerKeyDocuments.Active.Where(organization.Value, key.Read.Document.Algorithm.JoseName()), cancellationToken);
            if ((active?.Id, active?.Version) != (key.Read.Id, key.Read.Version))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<SigningKeys> OpenAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var owner = await commits.Store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        var did = address.DidOf(owner.Document.Slug);
        var keys = await commits.RunAsync(
            async token =>
            {
                var changes = new Changes();
                var active = new List<Read<IssuerKey>>();
                foreach (var algorithm in algorithms)
                {
                    var found = await commits.Store.FirstAsync(IssuerKeyDocuments.Kind, IssuerKeyDocuments.Active.Where(organization.Value, algorithm.JoseName()), token);
                    active.Add(found ?? Add(Make(algorithm, organization), changes));
                }

                return new Outcome<List<Read<IssuerKey>>>(changes, active, organization.Value);
            },
            cancellationToken);
        return new(did, [.. keys.Select(key => Open(key, did))]);
    }

    private Task<IReadOnlyList<string>> ReplaceAsync(
        OrganizationId organization, Func<IssuerKey, DateTimeOffset, IssuerKey> end, Action<Changes> also, CancellationToken cancellationToken)
    {
        return commits.RunAsync(
            async token =>
            {
                var changes = new Changes();
                changes.Require(OrganizationDocuments.Kind, await commits.Store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token));
                await foreach (var key in commits.Store.AllAsync(IssuerKeyDocuments.Kind, IssuerKeyDocuments.ByOrganization.Where(organization.Value), token))
                {
                    if (end(key.Document, clock.Now()) is var ended && ended != key.Document)
                    {
                        changes.Replace(IssuerKeyDocuments.Kind, key, ended);
                    }
                }

                IReadOnlyList<string> made = [.. algorithms.Select(algorithm => Add(Make(algorithm, organization), changes).Id)];
                also(changes);
                opened.TryRemove(organization, out _);
                return new Outcome<IReadOnlyList<string>>(changes, made, organization.Value);
            },
            cancellationToken);
    }

    private static Read<IssuerKey> Add(IssuerKey key, Changes changes)
    {
        changes.Add(IssuerKeyDocuments.Kind, key);
        return new(key, key.Id, 1);
    }

    private IssuerKey Make(SignatureAlgorithm algorithm, OrganizationId organization)
    {
        using var key = algorithm == SignatureAlgorithm.RS256 ? MakeRsa() : PrivateKey.Generate(algorithm);
        return IssuerKey.Seal(key, organization, vault, clock.Now());
    }

    // 2048 bits is what every verifier in the field takes, and signs three times as fast as 3072; ES256 stands beside it for the years after 2030.
    private static PrivateKey MakeRsa()
    {
        using var rsa = RSA.Create(RsaBits);
        var pkcs8 = rsa.ExportPkcs8PrivateKey();
        try
        {
            return PrivateKey.ImportPkcs8(pkcs8);
        }
        finally
        {
            Array.Clear(pkcs8);
        }
    }

    private SigningKey Open(Read<IssuerKey> read, string did)
    {
        try
        {
            var key = read.Document.Open(vault);
            return new(read, key.Public, Through(new LocalSigner(key, $"{did}#{read.Id}")));
        }
        catch (CryptographicException cause)
        {
            throw Refused.Unavailable("keys.wrong-key-file", "The issuer keys cannot be opened with the key file of this installation.", cause);
        }
    }

    private sealed record Opened(SigningKeys Keys, DateTimeOffset LookedAt);
}
