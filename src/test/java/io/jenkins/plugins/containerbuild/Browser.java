package io.jenkins.plugins.containerbuild;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, which shows the pages of a test's Jenkins. */
final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Dimension WINDOW = new Dimension(1200, 600);
    private static final int FRAME = 150;
    private static final int TALLEST = 4000;

    private final ChromeDriver driver;
    private final String root;

    private Browser(ChromeDriver driver, String root) {
        this.driver = driver;
        this.root = root;
    }

    /**
     * Starts it.
     *
     * @param root the address of Jenkins, with a slash at its end
     * @throws org.opentest4j.TestAbortedException when it is not installed
     */
    static Browser at(String root) {
        for (Path needed : List.of(DRIVER, PROGRAM)) {
            Assumptions.assumeTrue(
                    Files.isExecutable(needed),
                    needed + " is missing; the packages chromium and chromium-driver of Debian have it");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.toFile());
        // In containers there is neither a sandbox for root nor much shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(WINDOW);
        return new Browser(driver, root);
    }

    /** Goes to a page of Jenkins. */
    void open(String path) {
        driver.get(root + path);
    }

    /** Goes to a page, again and again until it shows a text: what Jenkins finds out later comes with a new page only. */
    void openUntil(String path, String text) {
        new WebDriverWait(driver, PATIENCE)
                .pollingEvery(Duration.ofSeconds(1))
                .withMessage(() -> "'" + text + "' on " + driver.getCurrentUrl() + ", which shows: " + text())
                .until(page -> {
                    open(path);
                    return text().contains(text);
                });
    }

    /** The first element that a CSS selector finds, once it is to be seen. */
    WebElement find(String selector) {
        return await(By.cssSelector(selector));
    }

    /** The last element that a CSS selector finds, such as the newest of a list. */
    WebElement last(String selector) {
        find(selector);
        List<WebElement> all = driver.findElements(By.cssSelector(selector));
        return all.get(all.size() - 1);
    }

    /** Clicks on what bears this text: a button, or an entry of a menu. */
    void click(String text) {
        click(findByText(text));
    }

    private WebElement findByText(String text) {
        return await(By.xpath("//*[self::button or self::a or self::summary][normalize-space()='" + text
                + "' or .//*[normalize-space(text())='" + text + "']]"));
    }

    /** Clicks, after having scrolled there. */
    void click(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** Clicks on what leads to another page, such as a form's button, and waits until that is there in place of this one. */
    void leaveBy(WebElement element) {
        WebElement left = driver.findElement(By.tagName("html"));
        click(element);
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "another page than " + driver.getCurrentUrl())
                .until(ExpectedConditions.stalenessOf(left));
    }

    /** The same for what bears this text. */
    void leaveBy(String text) {
        leaveBy(findByText(text));
    }

    /** Waits until the page shows a text. */
    void awaitText(String text) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "'" + text + "' on " + driver.getCurrentUrl() + ", which shows: " + text())
                .ignoring(StaleElementReferenceException.class)
                .until(page -> text().contains(text));
    }

    /** What the page shows. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** The address that is shown. */
    String address() {
        return driver.getCurrentUrl();
    }

    /** Whether an element is inside of the window, and not only somewhere on the page. */
    boolean isInTheWindow(WebElement element) {
        return Boolean.TRUE.equals(driver.executeScript(
                "const box = arguments[0].getBoundingClientRect();"
                        + " return box.top >= 0 && box.bottom <= window.innerHeight",
                element));
    }

    /** Keeps a picture of the whole page as {@code target/pictures/NAME.png}. */
    void picture(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "pictures"));
            long height = ((Number) driver.executeScript("return document.body.scrollHeight")).longValue();
            driver.manage().window().setSize(new Dimension(WINDOW.getWidth(), (int) Math.min(height + FRAME, TALLEST)));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            driver.manage().window().setSize(WINDOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebElement await(By by) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> by + " on " + driver.getCurrentUrl() + ", which shows: " + text())
                .until(ExpectedConditions.visibilityOfElementLocated(by));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
