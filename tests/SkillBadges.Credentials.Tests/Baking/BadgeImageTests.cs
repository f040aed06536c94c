using System.Text;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Tests.OpenBadges;

namespace SkillBadges.Credentials.Tests.Baking;

/// <summary>The images that the catalogue ships are the ones that get baked.</summary>
public sealed class BadgeImageTests
{
    [Theory]
    [InlineData("*.png", ImageKind.Png)]
    [InlineData("*.svg", ImageKind.Svg)]
    public void Every_image_of_the_catalogue_takes_a_credential_and_gives_it_back(string pattern, ImageKind kind)
    {
        var credential = Encoding.UTF8.GetString(Samples.Welding().ToJson());
        var images = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "badge-definitions"), pattern, SearchOption.AllDirectories);
        Assert.True(images.Length >= 28, $"{images.Length} images");

        Assert.All(images, image =>
        {
            var bytes = File.ReadAllBytes(image);
            var baked = kind == ImageKind.Png ? PngBaking.Bake(bytes, credential, BakedKind.OpenBadge) : SvgBaking.Bake(bytes, credential, BakedKind.OpenBadge);

            Assert.Equal(kind, BakedImage.KindOf(baked));
            Assert.Equal(credential, BakedImage.Read(baked).Text);
        });
    }
}
